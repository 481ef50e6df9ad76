// What a clock in a zone shows, and when it shows it. Pure.

const PARTS = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

// "2026-10-25 02:30" of a moment (milliseconds), on the clocks of the zone
export function clockIn(zone, moment) {
  const format = new Intl.DateTimeFormat("en-GB", { ...PARTS, timeZone: zone });
  const { year, month, day, hour, minute } = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${year.padStart(4, "0")}-${month}-${day} ${hour}:${minute}`;
}

// The moments at which clocks of the zone show the text: none where they are put forward over it, two where they are put back.
export function momentsOf(text, zone) {
  const asUtc = Date.parse(`${text.replace(" ", "T")}Z`);
  if (Number.isNaN(asUtc)) return null;
  const found = [];
  for (let minutes = -15 * 60; minutes <= 15 * 60; minutes += 15) { // every offset there is
    const moment = asUtc + minutes * 60000;
    if (clockIn(zone, moment) === text) found.push(moment);
  }
  return found;
}

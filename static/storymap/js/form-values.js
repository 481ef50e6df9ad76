// What is typed in a form of the admin: names of inputs, each with a list of values, and how to put such lists back.
// Of a chosen file only its name: no page may put a file back.
const NEVER = new Set(["password", "submit", "button", "reset", "image"]);
const OWN = /^_|^csrfmiddlewaretoken$|-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|__prefix__/;
const ROW = /^((.+)-(\d+))-[^-]+$/;

export const isOurs = ({ name, type }) => Boolean(name) && !NEVER.has(type) && !OWN.test(name);
const isBox = ({ type }) => type === "checkbox" || type === "radio";

function valuesOf(input) {
  if (input.type === "file") return [...input.files].map(({ name }) => name);
  if (isBox(input)) return input.checked ? [input.value] : [];
  return input.options ? [...input.options].filter(({ selected }) => selected).map(({ value }) => value) : [input.value];
}

function valuesAtFirst(input, hidden) {
  if (input.type === "file") return [];
  if (isBox(input)) return input.defaultChecked ? [input.value] : [];
  if (input.type === "hidden") return [hidden.get(input.name) ?? ""]; // a browser does not know how it began
  if (!input.options) return [input.defaultValue];
  const chosen = [...input.options].filter(({ defaultSelected }) => defaultSelected);
  if (!chosen.length && !input.multiple && input.options.length) chosen.push(input.options[0]);
  return chosen.map(({ value }) => value);
}

function collected(inputs, values) {
  const found = new Map();
  for (const input of inputs) found.set(input.name, [...(found.get(input.name) ?? []), ...values(input)]);
  return found;
}

const wellFormed = (text) => text.replace(/\r\n/g, "\n").toWellFormed?.() ?? text; // half an emoji is not JSON
const alike = (one, other) => one.length === other.length && one.every((value, at) => value === other[at]);

export const hiddenValues = (inputs) => new Map([...inputs].filter(({ type }) => type === "hidden").map(({ name, value }) => [name, value]));

// What differs from how the page came, and `always`. A new record (`whole`) has nothing stored: all that is not empty.
export function typedIn(inputs, hidden, always = new Set(), whole = false) {
  const ours = [...inputs].filter(isOurs);
  const before = collected(ours, (input) => valuesAtFirst(input, hidden));
  const current = collected(ours, valuesOf);
  const changed = [...current].filter(([name, values]) => always.has(name) || !alike(values, before.get(name)));
  const rows = new Set(changed.map(([name]) => ROW.exec(name)?.[1]).filter(Boolean));
  const told = new Set(changed.map(([name]) => name));
  const shown = new Set(ours.filter(({ type }) => type !== "hidden").map(({ name }) => name));
  const belongs = (name, values) => told.has(name) || rows.has(name.replace(/-id$/, "")) || (whole && shown.has(name) && values.some(Boolean));
  const typed = changed.length ? [...current].filter(([name, values]) => belongs(name, values)) : [];
  return Object.fromEntries(typed.map(([name, values]) => [name, values.map(wellFormed)]));
}

// Makes rows until there is one of that number; false when the page has no way to.
function hasRow(form, name) {
  const [, , prefix, number] = ROW.exec(name) ?? [];
  const total = prefix && form.elements.namedItem(`${prefix}-TOTAL_FORMS`);
  if (!total) return true;
  while (Number(total.value) <= Number(number)) {
    const before = total.value;
    form.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
    if (total.value === before) return false;
  }
  return true;
}

function put(input, values, words) {
  if (isBox(input)) input.checked = values.includes(input.value);
  else if (input.options) {
    const known = new Set([...input.options].map(({ value }) => value));
    values.filter((value) => value && !known.has(value)).forEach((value) => input.add(new Option(words[value] ?? value, value)));
    [...input.options].forEach((option) => (option.selected = values.includes(option.value)));
  } else input.value = values[0] ?? "";
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
}

const inputsNamed = (form, name) => [...form.elements].filter((input) => input.name === name && isOurs(input));

// Makes the rows it takes; false when something has no place in the page.
export const canFill = (form, wanted) => Object.keys(wanted).every((name) => hasRow(form, name) && inputsNamed(form, name).length > 0);

export function fillForm(form, wanted) {
  for (const [name, { values, words }] of Object.entries(wanted)) inputsNamed(form, name).forEach((input) => put(input, values, words));
}

// A page that holds embeds: believes each frame about its own height, in the dialect that the frame was asked to speak.
window.heard = [];

const dialects = {
  own: (data, id) => data?.type === "storymap:height" && data.v === 1 && data.id === id && data.height,
  pym: (data, id) => typeof data === "string" && data.match(new RegExp(`^pymxPYMx${id}xPYMxheightxPYMx(\\d+)$`))?.[1],
  wordpress: (data, id) => data?.message === "height" && data.secret === id && data.value,
  datawrapper: (data, id) => data?.["datawrapper-height"]?.[id],
};

addEventListener("message", ({ source, data }) => {
  const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow === source);
  window.heard.push({ frame: frame?.id, data });
  const height = frame && dialects[frame.dataset.dialect](data, frame.id);
  if (height) frame.style.height = `${height}px`;
});

window.say = (id, data) => document.getElementById(id).contentWindow.postMessage(data, "*");

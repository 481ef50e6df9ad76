// The page keeps its scrolling: the wheel zooms only a map in use, one finger scrolls, two fingers move the map. Escape
// leaves it.

export function tameGestures(map, hint) {
  const element = map.getContainer();
  let timer = 0;
  const drag = (allowed) => map.dragging[allowed ? "enable" : "disable"]();
  drag(matchMedia("(hover: hover)").matches);
  element.addEventListener("pointerover", ({ pointerType }) => drag(pointerType === "mouse"), { passive: true });
  element.addEventListener("touchmove", ({ touches }) => {
    hint.classList.toggle("shown", touches.length === 1);
    clearTimeout(timer);
    timer = setTimeout(() => hint.classList.remove("shown"), 900);
  }, { passive: true });
  element.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    map.scrollWheelZoom.disable();
    document.activeElement.blur();
  });
  element.addEventListener("click", () => map.scrollWheelZoom.enable());
  element.addEventListener("focusin", ({ target }) => target === element && map.scrollWheelZoom.enable());
  for (const end of ["focusout", "pointerleave"]) element.addEventListener(end, () => map.scrollWheelZoom.disable());
}

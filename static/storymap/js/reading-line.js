// The height at which one reads: what crosses it is what is being read.
const MARGINS = { tall: "-66% 0px -33% 0px", wide: "-50% 0px -49% 0px" };
const NEAR = 9; // pixels

// `wide` matches where the map stands beside the text. Returns { margin(): for an observer, crosses(element) }.
export function readingLine(wide) {
  const margin = () => (wide.matches ? MARGINS.wide : MARGINS.tall);
  const crosses = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const line = innerHeight * (wide.matches ? 0.5 : 0.665);
    return top <= line + NEAR && bottom >= line - NEAR;
  };
  return { margin, crosses };
}

// Addresses of chapters and moments. Pure.

export function readRoute(href, base, slugs) {
  const url = new URL(href);
  const rest = decodeURI(url.pathname).startsWith(base) ? decodeURI(url.pathname).slice(base.length) : "";
  const chapter = slugs.indexOf(rest.replace(/\/$/, ""));
  return { chapter: chapter < 0 ? null : chapter, moment: decodeURIComponent(url.hash.slice(1)) || null };
}

export function writeRoute(base, slug, moment) {
  return base + (slug ? `${slug}/` : "") + (moment ? `#${encodeURIComponent(moment)}` : "");
}

// "/es/stories/lima/demands/" of story "lima" -> "/es/stories/lima/"
export function storyBase(path, story) {
  const end = path.indexOf(`/${story}/`);
  return end < 0 ? path : path.slice(0, end + story.length + 2);
}

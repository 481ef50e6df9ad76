// Addresses of chapters and moments; their names are plain ASCII. Pure.

export function readRoute(href, base, slugs) {
  const { pathname, hash } = new URL(href);
  const chapter = pathname.startsWith(base) ? slugs.indexOf(pathname.slice(base.length).replace(/\/$/, "")) : -1;
  return { chapter: chapter < 0 ? null : chapter, moment: hash.slice(1) || null };
}

export function writeRoute(base, slug, moment) {
  return base + (slug ? `${slug}/` : "") + (moment ? `#${moment}` : "");
}

// "/es/stories/lima/demands/" of story "lima" -> "/es/stories/lima/"
export function storyBase(path, story) {
  const end = path.indexOf(`/${story}/`);
  return end < 0 ? path : path.slice(0, end + story.length + 2);
}

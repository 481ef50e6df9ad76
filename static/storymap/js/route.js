// Addresses of chapters and moments; their names are plain ASCII. Pure.
//
// `base` is the path of the story; of a page that was saved as one file it ends with "#", and chapters are places in it.
const IN_FILE = "#chapter-";

export function readRoute(href, base, slugs) {
  const { pathname, hash } = new URL(href);
  if (base.endsWith("#")) {
    const chapter = hash.startsWith(IN_FILE) ? slugs.indexOf(hash.slice(IN_FILE.length)) : -1;
    return chapter < 0 ? { chapter: null, moment: hash.slice(1) || null } : { chapter, moment: null };
  }
  const chapter = pathname.startsWith(base) ? slugs.indexOf(pathname.slice(base.length).replace(/\/$/, "")) : -1;
  return { chapter: chapter < 0 ? null : chapter, moment: hash.slice(1) || null };
}

export function writeRoute(base, slug, moment) {
  if (base.endsWith("#")) return base.slice(0, -1) + (moment ? `#${moment}` : slug && IN_FILE + slug);
  return base + (slug ? `${slug}/` : "") + (moment ? `#${moment}` : "");
}

// "/es/stories/lima/demands/" of story "lima" -> "/es/stories/lima/"
export function storyBase(path, story) {
  const end = path.indexOf(`/${story}/`);
  return end < 0 ? path : path.slice(0, end + story.length + 2);
}

// What is `by` steps from a chapter, or from the cover, which stands before the first; null beyond either end.
export function routeOfStep({ chapter, cover }, by, chapters) {
  const to = (cover ? -1 : chapter) + by;
  if (to < -1 || to >= chapters) return null;
  return to < 0 ? { chapter: 0, cover: true } : { chapter: to };
}

// Before the page's own scripts: notes which chapters become current, where the map is sent, and what the policy forbids.
globalThis.storyWatch = { currents: [], views: [], forbidden: [] };
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => console.error(`forbidden: ${violatedDirective} ${blockedURI}`));
new MutationObserver((changes) => {
  for (const { target, attributeName } of changes) {
    if (attributeName === "data-view") storyWatch.views.push(target.dataset.view);
    else if (target.matches("article[aria-current=step]")) storyWatch.currents.push(target.dataset.chapter);
  }
}).observe(document, { subtree: true, attributeFilter: ["aria-current", "data-view"] });

// <story-map src="https://…/embed/a-story/"><a href="https://…/stories/a-story/">A story</a></story-map>
// A story in an article, as tall as it is. Without this file the link is shown.
//
// consent="click": nothing is asked of the story's site before a click; `label` and `poster` are what is shown until then.
// title, height (pixels at first) and sandbox go to the frame. element.goto(chapter, moment) leads the reader; the event
// "stepchange" tells where the reader is: detail { chapter, moment }. The element is a block, unless the article says
// otherwise. This is version 2, and it never changes.
(() => {
  if (customElements.get("story-map")) return;
  const live = new Map(); // the window of each frame that is shown → its element
  const [LOWEST, HIGHEST] = [100, 20000];
  let count = 0;

  const sheets = []; // every security policy lets them be, as it would not a style element
  if ("replaceSync" in CSSStyleSheet.prototype) { // in Safari since 16.4
    sheets.push(new CSSStyleSheet());
    sheets[0].replaceSync(":host { display: block } :host([hidden]) { display: none }");
  }

  const make = (name, properties, style) => {
    const element = Object.assign(document.createElement(name), properties);
    Object.assign(element.style, style);
    return element;
  };
  const isSlug = (text) => typeof text === "string" && text.length < 200;

  addEventListener("message", ({ source, data }) => {
    const element = live.get(source);
    if (!element || !data || data.v !== 1 || data.id !== element.key) return;
    const { type, height, chapter, moment } = data;
    if (type === "storymap:height" && Number.isInteger(height) && height >= LOWEST && height <= HIGHEST) {
      element.frame.style.height = `${height}px`;
    }
    if (type === "storymap:step" && isSlug(chapter) && (moment === null || isSlug(moment))) {
      element.out.dispatchEvent(new CustomEvent("stepchange", { bubbles: true, detail: { chapter, moment } }));
    }
  });

  customElements.define("story-map", class extends HTMLElement {
    static observedAttributes = ["src"];
    #parts = { key: `${++count}`, out: this };
    #shown = Object.assign(this.attachShadow({ mode: "open" }), { adoptedStyleSheets: sheets });
    #agreed = false;
    #next = null; // where to go once the frame is there

    connectedCallback() {
      const link = make("a", { href: this.getAttribute("src") || "" }); // never thrown at: a wrong address has no protocol of ours
      if (!this.getAttribute("src") || !link.host || !/^https?:$/.test(link.protocol)) return this.#show(make("slot"));
      const address = new URL(link.href);
      if (this.getAttribute("consent") === "click" && !this.#agreed) return this.#ask(address);
      address.hash = `storymap=${this.#parts.key}`;
      const frame = make("iframe", { title: this.title || this.textContent.trim(), loading: "lazy", allowFullscreen: true, referrerPolicy: "strict-origin-when-cross-origin" },
        { width: "100%", border: 0, display: "block", height: `${parseInt(this.getAttribute("height")) || 640}px` });
      if (this.hasAttribute("sandbox")) frame.setAttribute("sandbox", this.getAttribute("sandbox"));
      frame.src = address;
      frame.onload = () => {
        this.#parts.loaded = true;
        this.#say({ type: "storymap:hello" });
        if (this.#next) this.goto(...this.#next);
        this.#next = null;
      };
      this.#show(frame);
      this.#parts.frame = frame;
      live.set(frame.contentWindow, this.#parts);
    }

    disconnectedCallback() {
      this.#parts.loaded = false;
      live.forEach((parts, window) => parts === this.#parts && live.delete(window));
      this.#shown.replaceChildren();
    }

    attributeChangedCallback() {
      if (this.isConnected && this.#shown.firstChild) this.disconnectedCallback(), this.connectedCallback();
    }

    goto(chapter, moment) {
      if (!this.#parts.loaded) this.#next = [chapter, moment];
      this.#say({ type: "storymap:goto", chapter, moment });
    }

    #say(message) {
      this.#parts.frame?.contentWindow?.postMessage({ ...message, v: 1 }, "*");
    }

    #show(part) {
      this.#shown.replaceChildren(part);
    }

    #ask({ host }) {
      const poster = this.getAttribute("poster");
      const button = make("button", { type: "button" }, { display: "block", width: "100%", padding: "1em", font: "inherit" });
      if (poster) button.append(make("img", { src: poster, alt: "" }, { display: "block", width: "100%", marginBottom: "1em" }));
      button.append(this.getAttribute("label") || `Show the story map (from ${host})`);
      button.onclick = () => {
        this.#agreed = true;
        this.connectedCallback();
      };
      this.#show(button);
    }
  });
})();

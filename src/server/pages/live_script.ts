/** The few lines that keep a page up to date: they fetch it again and change in place what differs. */
import { createHash } from "node:crypto";

/** Nothing that a person holds is lost: the focus, the place that is scrolled to, what is selected, unfolded and ticked.
 * `data-live`: seconds between two looks where no stream tells of news; `data-stream`: what tells. */
export const liveScript = `
"use strict";
(() => {
  const main = document.querySelector("main");
  const notice = document.getElementById("notice");
  const pause = 2000;
  const quiet = 10000;
  let last = Date.now(), timer, busy = false, source, asked = 0;

  const tell = (text) => {
    if (notice.textContent !== text) notice.textContent = text;
    document.body.classList.toggle("offline", text !== "");
  };
  const isSelected = (node) => {
    const selection = getSelection();
    return selection && !selection.isCollapsed && selection.containsNode(node, true);
  };
  const morph = (old, next) => {
    if (old.isEqualNode(next)) return;
    if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName || old.id !== next.id) {
      old.replaceWith(next);
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (!isSelected(old)) old.data = next.data;
      return;
    }
    for (const { name } of [...old.attributes]) {
      if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    const named = new Map([...old.children].filter(({ id }) => id).map((child) => [child.id, child]));
    let place = old.firstChild;
    for (const child of [...next.childNodes]) {
      const same = child.id ? named.get(child.id) : place && !place.id ? place : undefined;
      if (!same || same.nodeName !== child.nodeName) {
        old.insertBefore(child, place);
        continue;
      }
      if (same === place) place = place.nextSibling;
      else old.insertBefore(same, place);
      morph(same, child);
    }
    while (place) {
      const rest = place.nextSibling;
      place.remove();
      place = rest;
    }
  };

  const offline = () => tell("The server does not answer: this is the last state. Trying again.");
  const renew = async () => {
    if (busy || document.hidden) return;
    busy = true;
    last = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (answer.status >= 500) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      morph(main, page.querySelector("main"));
      document.title = page.title;
      tell("");
      if (answer.headers.has("retry-after")) soon(); // the server keeps a page for a moment
    } catch {
      offline();
    }
    busy = false;
    if (!main.dataset.live) stop();
    if (!main.dataset.stream) source = source?.close();
  };
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      renew();
    }, Math.max(0, last + pause - Date.now()));
  };
  const isOpen = () => source?.readyState === EventSource.OPEN;
  const listen = () => {
    if (!main.dataset.stream || (source && source.readyState !== EventSource.CLOSED)) return;
    if (asked && Date.now() - asked < quiet) return;
    asked = Date.now();
    source = new EventSource(main.dataset.stream);
    source.onmessage = soon;
    source.addEventListener("reset", soon);
    source.addEventListener("gone", soon);
    source.onopen = soon;
    source.onerror = soon;
  };
  const clock = setInterval(() => {
    if (document.hidden) return;
    listen();
    if (Date.now() - last >= (isOpen() ? quiet : 1000 * main.dataset.live)) soon();
  }, 1000);
  const stop = () => {
    clearInterval(clock);
    source?.close();
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && main.dataset.live) soon();
  });
  listen();
})();
`;

/** What a Content-Security-Policy needs to let that one script run and no other. */
export const liveScriptHash = `'sha256-${
  createHash("sha256").update(liveScript).digest("base64")
}'`;

/** The script of a page of clusters: finds, sorts and pages what the page holds already. Without it, all is shown. */
export const script = `
const list = document.getElementById("list");
const controls = document.getElementById("controls");
const [find, order] = [controls.elements.find, controls.elements.order];
const [previous, next] = [document.getElementById("previous"), document.getElementById("next")];
const told = document.getElementById("told");
const clusters = [...list.children];
const perPage = 40;
let page = 0;
const number = (name) => (a, b) => Number(a.dataset[name]) - Number(b.dataset[name]);
const orders = {
  largest: (a, b) => number("size")(b, a),
  smallest: number("size"),
  wide: (a, b) => number("spread")(b, a),
  tight: number("spread"),
  number: number("id"),
};

function show() {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const found = clusters
    .filter(({ dataset }) => words.every((word) => dataset.id === word || dataset.find.includes(word)))
    .sort((a, b) => orders[order.value](a, b) || number("id")(a, b));
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  page = Math.min(page, pages - 1);
  list.replaceChildren(...found.slice(page * perPage, (page + 1) * perPage));
  told.textContent = found.length + (found.length === 1 ? " cluster" : " clusters") +
    (pages > 1 ? ", page " + (page + 1) + " of " + pages : "");
  previous.disabled = page === 0;
  next.disabled = page === pages - 1;
  return found;
}

/** A link to a cluster that is not on this page of the list. */
function follow() {
  const cluster = clusters.find(({ id }) => "#" + id === location.hash);
  if (!cluster) return;
  find.value = "";
  page = 0;
  page = Math.floor(show().indexOf(cluster) / perPage);
  show();
  cluster.scrollIntoView();
  cluster.focus();
}

function turn(by) {
  page += by;
  show();
  controls.scrollIntoView();
}

controls.addEventListener("submit", (event) => event.preventDefault());
controls.addEventListener("input", () => {
  page = 0;
  show();
});
previous.addEventListener("click", () => turn(-1));
next.addEventListener("click", () => turn(1));
addEventListener("hashchange", follow);
controls.hidden = false;
show();
follow();
`;

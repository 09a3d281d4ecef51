"use strict";
(() => {
  const field = document.getElementById("search");
  const matches = document.getElementById("matches");
  const items = [...document.querySelectorAll("main li, main article, main tbody tr")].filter(
    (item) => !item.closest(".legend"),
  );
  const groups = [...document.querySelectorAll(".rule")];
  const headings = new Map(groups.map((group) => [group, group.querySelector("h3").textContent]));
  let texts;

  // A finding is also found by the words of its rule. A name is found in any case.
  const read = (item) => {
    const group = item.closest(".rule");
    return `${group ? headings.get(group) : ""} ${item.textContent}`.toLowerCase();
  };

  const search = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    texts ??= items.map(read);
    let count = 0;
    items.forEach((item, index) => {
      const found = words.every((word) => texts[index].includes(word));
      item.classList.toggle("away", !found);
      count += found;
    });
    for (const group of groups) {
      group.classList.toggle("away", !group.querySelector("li:not(.away)"));
    }
    matches.textContent = words.length ? `${count.toLocaleString("en")} of ${items.length.toLocaleString("en")} shown` : "";
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  field.closest("label").hidden = false;
})();

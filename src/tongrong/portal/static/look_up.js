// A field that looks something up lists below it what the server found, whatever that was found by;
// it is picked with the mouse, or with the arrow keys and Enter.
(() => {
  const ASK = "look-up"; // the field asks without anything having been typed
  const fieldOf = (node) => node.closest?.("[role=combobox]");
  const listOf = (field) => document.getElementById(`list-${field.id}`);
  const optionsOf = (field) => [...listOf(field).querySelectorAll("[role=option]")];
  const fieldBeside = (node) => node.closest?.(".look-up")?.querySelector("[role=combobox]");

  const mark = (field, option) => {
    for (const one of optionsOf(field)) one.setAttribute("aria-selected", one === option);
    if (!option) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const close = (field) => {
    mark(field);
    listOf(field).replaceChildren();
    field.setAttribute("aria-expanded", "false");
  };
  const pick = (field, option) => {
    field.value = field.dataset.picked = option.dataset.value;
    close(field);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const ask = (field) => field.dispatchEvent(new Event(ASK));

  document.addEventListener("htmx:beforeSwap", (event) => {
    const field = fieldOf(event.detail.requestConfig.elt);
    if (!field) return;
    // What comes after something was picked, or the field was left, is of no use any more.
    const asked = event.detail.requestConfig.triggeringEvent?.type === ASK;
    const picked = field.value === field.dataset.picked && !asked;
    if (picked || document.activeElement !== field) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const field = fieldBeside(event.detail.target);
    if (!field) return;
    const options = optionsOf(field);
    options.forEach((one, at) => { one.id = `option-${field.id}-${at}`; });
    options[0]?.parentElement.setAttribute("id", `options-${field.id}`);
    field.setAttribute("aria-expanded", String(options.length > 0));
    mark(field);
  });

  for (const kind of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(kind, (event) => {
      const field = fieldOf(event.detail.requestConfig.elt);
      if (!field) return;
      const said = document.createElement("p");
      said.className = "fault";
      said.setAttribute("role", "alert");
      said.textContent = "没有查到：暂时连不上服务器，稍后再输。填好的都还在。";
      close(field);
      listOf(field).append(said);
    });
  }

  document.addEventListener("input", (event) => { delete fieldOf(event.target)?.dataset.picked; });

  document.addEventListener("keydown", (event) => {
    const field = fieldOf(event.target);
    if (!field || event.isComposing) return;
    const options = optionsOf(field);
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !options.length) ask(field);
    else if (step) mark(field, options.at(at < 0 && step < 0 ? -1 : (at + step) % options.length));
    else if (event.key === "Enter" && at >= 0) pick(field, options[at]);
    else if (event.key === "Escape" && listOf(field).hasChildNodes()) close(field);
    else return;
    event.preventDefault();
  });

  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".suggested")) event.preventDefault(); // the field keeps the focus
  });

  document.addEventListener("click", (event) => {
    const option = event.target.closest(".suggested [role=option]");
    const field = option ? fieldBeside(option) : fieldOf(event.target);
    if (option) pick(field, option);
    else if (field && !listOf(field).hasChildNodes()) ask(field);
  });

  document.addEventListener("focusout", (event) => {
    const field = fieldBeside(event.target);
    if (field && !field.parentElement.contains(event.relatedTarget)) close(field);
  });
})();

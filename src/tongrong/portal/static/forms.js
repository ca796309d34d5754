// Two things a browser does not do by itself: send a form once however often its button is
// clicked, and ask before what was typed into a form of class "keep" is left behind.
(() => {
  const A_CLICK_AGAIN = 5000;
  // A form that comes back refused still holds what was typed; its first fault is where to go on.
  const kept = document.querySelector(".alert-danger ~ form.keep, .alert-warning ~ form.keep, form.kept");
  let typed = Boolean(kept);
  kept?.querySelector("[aria-invalid=true]")?.focus();

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      typed ||= Boolean(event.target.closest("form.keep"));
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, A_CLICK_AGAIN); // the network may have failed
    typed = false;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("form.keep a")) typed = false; // 取消 is meant
  });

  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
})();

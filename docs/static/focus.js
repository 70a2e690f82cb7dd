// Let the keyboard scroll what is wider than the screen.
addEventListener("DOMContentLoaded", () => {
  for (const region of document.querySelectorAll("pre, .table-wrapper, .cell_output .output")) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
  }
});

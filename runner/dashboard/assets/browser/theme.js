// The reader's choice of colours, before anything is painted. Not a module: those come too late.
const theme = localStorage.getItem("theme");
if (theme !== null) document.documentElement.dataset.theme = theme;
document.documentElement.classList.add("scripted");

/** Begins anew where the page does not come to life because one of its files did not come. A script of its own, for that reason. */

setTimeout(() => document.body.dataset.phase || location.reload(), 20_000);

// A household's code came in the address, and addresses are shared: the form holds it now.
history.replaceState(null, "", location.pathname);

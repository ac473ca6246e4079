"""Word documents of the binary format of 1997 to 2003, as .doc and .wps files hold them."""

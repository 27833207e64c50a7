/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the big store that benchmarks read, and tells where it is. */

#include "bench-store.h"

int
main (int argc, char **argv)
{
  guint n_cases = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : bench_store_rows ();
  g_autofree char *path = bench_store_open_path (n_cases);

  g_print ("%s\n", path);
  return 0;
}

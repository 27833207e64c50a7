/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-uuid.h"

#include <string.h>

static void
test_order (void)
{
  LinliIdSource source;
  g_autofree char *last = g_strdup ("");

  linli_id_source_init (&source);
  for (guint i = 0; i < 20000; i++)
    {
      /* The clock stands still, jumps ahead and steps back ten years. */
      gint64 now = i < 9000 ? 1000000 : i < 12000 ? G_GINT64_CONSTANT (1790000000000000) : 5000000;
      char *id = linli_uuid_new (&source, now);

      g_assert_true (linli_uuid_is_valid (id));
      g_assert_cmpstr (last, <, id);
      g_free (last);
      last = id;
    }
}

static void
test_derive (void)
{
  const char *op = "0195c0de-7000-7abc-8def-0123456789ab";
  g_autofree char *a = linli_uuid_derive (op, 0);
  g_autofree char *b = linli_uuid_derive (op, 0);
  g_autofree char *c = linli_uuid_derive (op, 1);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, <, c);
  g_assert_true (linli_uuid_is_valid (a));
  g_assert_cmpint (strncmp (a, op, 13), ==, 0);
}

static void
test_valid (void)
{
  g_assert_false (linli_uuid_is_valid (NULL));
  g_assert_false (linli_uuid_is_valid (""));
  g_assert_false (linli_uuid_is_valid ("0195C0DE-7000-7abc-8def-0123456789ab"));
  g_assert_false (linli_uuid_is_valid ("0195c0de-7000-7abc-8def-0123456789a"));
  g_assert_false (linli_uuid_is_valid ("0195c0de07000-7abc-8def-0123456789ab"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uuid/order", test_order);
  g_test_add_func ("/uuid/derive", test_derive);
  g_test_add_func ("/uuid/valid", test_valid);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-secret.h"

#include <string.h>
#include <sys/random.h>

#include "linli-uuid.h"

#define SECRET_BYTES 32
#define CODE_LETTERS 10 /* of 32: fifty bits, tried five times a minute at most */
#define CODE_GROUP   5

static void
fill_random (guint8 *bytes,
             gsize   n)
{
  gsize filled = 0;

  while (filled < n)
    {
      gssize got = getrandom (bytes + filled, n - filled, 0);

      if (got > 0)
        filled += (gsize) got;
    }
}

/* Returns: (transfer full): 256 bits nobody can guess, in hexadecimal */
char *
linli_hub_secret_new (void)
{
  guint8 bytes[SECRET_BYTES];
  GString *text = g_string_sized_new (2 * SECRET_BYTES);

  fill_random (bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): what is kept of a secret. It has 256 bits, or works
 * once and for a day, so that a slow hash would add nothing. */
char *
linli_hub_secret_hash (const char *secret)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, secret, -1);
}

/* In the same time wherever they differ. */
gboolean
linli_hub_secret_equal (const char *a,
                        const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

/* Letters and digits that nobody takes for one another on the telephone. */
static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/* Returns: (transfer full): such as "K7QMA-2XRDF" */
char *
linli_hub_code_new (void)
{
  guint8 bytes[CODE_LETTERS];
  GString *code = g_string_new (NULL);

  fill_random (bytes, sizeof bytes);
  for (guint i = 0; i < CODE_LETTERS; i++)
    {
      if (i > 0 && i % CODE_GROUP == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, alphabet[bytes[i] % 32]);
    }
  return g_string_free (code, FALSE);
}

/* Returns: (transfer full): a code as it was made, however it was typed */
char *
linli_hub_code_fold (const char *typed)
{
  GString *code = g_string_new (NULL);

  for (const char *c = typed; *c != '\0' && code->len < 64; c++)
    {
      char upper = g_ascii_toupper (*c);

      if (!g_ascii_isalnum (upper))
        continue;
      if (code->len == CODE_GROUP)
        g_string_append_c (code, '-');
      g_string_append_c (code, upper);
    }
  return g_string_free (code, FALSE);
}

static char *
sign (const char *key,
      const char *claim)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key), claim, -1);
}

/**
 * linli_hub_token_make:
 * @key: the hub's own secret
 * @now: microseconds UTC
 *
 * Returns: (transfer full): good for %LINLI_HUB_TOKEN_SECONDS
 */
char *
linli_hub_token_make (const char *key,
                      const char *workspace,
                      const char *device,
                      gint64      now)
{
  gint64 until = now / G_USEC_PER_SEC + LINLI_HUB_TOKEN_SECONDS;
  g_autofree char *claim = g_strdup_printf ("1.%s.%s.%" G_GINT64_FORMAT, workspace, device, until);
  g_autofree char *signature = sign (key, claim);

  return g_strconcat (claim, ".", signature, NULL);
}

/**
 * linli_hub_token_check:
 * @workspace: (out) (transfer full): whose the token is
 * @device: (out) (transfer full)
 *
 * Returns: whether this hub made it and it still holds
 */
gboolean
linli_hub_token_check (const char *key,
                       const char *token,
                       gint64      now,
                       char      **workspace,
                       char      **device)
{
  g_auto(GStrv) parts = g_strsplit (token, ".", 6);
  g_autofree char *claim = NULL;
  g_autofree char *signature = NULL;
  gint64 until = 0;

  if (g_strv_length (parts) != 5 || !g_str_equal (parts[0], "1") ||
      !linli_uuid_is_valid (parts[1]) || !linli_uuid_is_valid (parts[2]) ||
      !g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &until, NULL))
    return FALSE;
  claim = g_strndup (token, strlen (token) - strlen (parts[4]) - 1);
  signature = sign (key, claim);
  if (!linli_hub_secret_equal (signature, parts[4]) || until <= now / G_USEC_PER_SEC)
    return FALSE;

  *workspace = g_strdup (parts[1]);
  *device = g_strdup (parts[2]);
  return TRUE;
}

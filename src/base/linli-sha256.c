/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sha256.h"

/* @self: the caller's, uninitialised; it owns nothing and is never cleared */
void
linli_sha256_begin (LinliSha256 *self)
{
  sha256_init (self);
}

void
linli_sha256_add (LinliSha256  *self,
                  gconstpointer data,
                  gsize         size)
{
  sha256_update (self, size, data);
}

/* Afterwards @self stands at the beginning again. */
void
linli_sha256_end (LinliSha256 *self,
                  guint8       digest[SHA256_DIGEST_SIZE])
{
  sha256_digest (self, SHA256_DIGEST_SIZE, digest);
}

/* Returns: (transfer full): 64 lower-case hexadecimal digits */
char *
linli_sha256_end_text (LinliSha256 *self)
{
  static const char digits[] = "0123456789abcdef";
  guint8 digest[SHA256_DIGEST_SIZE];
  char *text = g_malloc (2 * sizeof digest + 1);

  linli_sha256_end (self, digest);
  for (guint i = 0; i < sizeof digest; i++)
    {
      text[2 * i] = digits[digest[i] >> 4];
      text[2 * i + 1] = digits[digest[i] & 0xf];
    }
  text[2 * sizeof digest] = '\0';

  return text;
}

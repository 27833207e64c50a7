/* SPDX-License-Identifier: GPL-3.0-or-later */

/* UUID version 7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter,
 * then randomness. Sorted by text they are sorted by time, which keeps
 * B-trees appending at the end. The time inside is never used for policy. */

#include "config.h"

#include "linli-uuid.h"

#include <string.h>
#include <unistd.h>

#include "linli-sha256.h"

#define COUNTER_BITS 12
#define COUNTER_MAX  ((1u << COUNTER_BITS) - 1)

static void
system_random (gpointer data,
               guint8  *bytes,
               gsize    n_bytes)
{
  if (getentropy (bytes, n_bytes) != 0)
    g_error ("The system gives no random bytes");
}

static char *
format_uuid (const guint8 bytes[16])
{
  static const char hex[] = "0123456789abcdef";
  char *text = g_malloc (LINLI_UUID_LENGTH + 1);
  char *out = text;

  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = hex[bytes[i] >> 4];
      *out++ = hex[bytes[i] & 15];
    }
  *out = '\0';

  return text;
}

static void
stamp_version (guint8 bytes[16])
{
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
}

/**
 * linli_id_source_init:
 * @source: (out caller-allocates): a source fed by the system's randomness
 */
void
linli_id_source_init (LinliIdSource *source)
{
  g_return_if_fail (source != NULL);

  memset (source, 0, sizeof *source);
  source->random = system_random;
}

/**
 * linli_uuid_new:
 * @source: where counter and randomness live
 * @now: microseconds since the epoch
 *
 * A new id, greater than every id this source made before, also when the
 * clock stepped back (RFC 9562 section 6.2: keep the last time, count on).
 *
 * Returns: (transfer full): 36 lower-case characters
 */
char *
linli_uuid_new (LinliIdSource *source,
                gint64         now)
{
  guint8 bytes[16];
  gint64 ms = MAX (now / 1000, 0);

  g_return_val_if_fail (source != NULL, NULL);

  source->random (source->data, bytes, sizeof bytes);

  if (ms > source->last_ms)
    {
      source->last_ms = ms;
      source->counter = bytes[15] & 0x7f; /* room to count within this millisecond */
    }
  else if (source->counter < COUNTER_MAX)
    {
      source->counter++;
    }
  else
    {
      source->last_ms++;
      source->counter = 0;
    }

  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) (source->last_ms >> (40 - 8 * i));
  bytes[6] = (guint8) (source->counter >> 8);
  bytes[7] = (guint8) source->counter;
  stamp_version (bytes);

  return format_uuid (bytes);
}

static int
hex_value (char c)
{
  return g_ascii_xdigit_value (c);
}

/**
 * linli_uuid_derive:
 * @uuid: a valid id, normally that of an operation
 * @n: which of its descendants
 *
 * The id of the @n-th row an operation makes. Desk and hub run the same
 * command and must name its rows alike, so row ids are computed from the
 * operation's id, never drawn: the time part stays, the rest is a hash.
 *
 * Returns: (transfer full): 36 lower-case characters
 */
char *
linli_uuid_derive (const char *uuid,
                   guint       n)
{
  LinliSha256 sum;
  guint8 digest[SHA256_DIGEST_SIZE];
  guint8 bytes[16];
  guint8 number[4] = { n >> 24, n >> 16, n >> 8, n };
  guint at = 0;

  g_return_val_if_fail (linli_uuid_is_valid (uuid), NULL);

  linli_sha256_begin (&sum);
  linli_sha256_add (&sum, uuid, LINLI_UUID_LENGTH);
  linli_sha256_add (&sum, number, sizeof number);
  linli_sha256_end (&sum, digest);
  memcpy (bytes, digest, sizeof bytes);

  for (const char *p = uuid; at < 6; p++)
    if (*p != '-')
      {
        bytes[at++] = (guint8) (hex_value (p[0]) << 4 | hex_value (p[1]));
        p++;
      }
  /* Rows of one operation keep their order within its millisecond. */
  bytes[6] = (guint8) (n >> 8);
  bytes[7] = (guint8) n;
  stamp_version (bytes);

  return format_uuid (bytes);
}

/**
 * linli_uuid_is_valid:
 * @text: (nullable): any text
 *
 * Returns: whether @text is an id as we write them: lower case, dashes
 */
gboolean
linli_uuid_is_valid (const char *text)
{
  if (text == NULL || strlen (text) != LINLI_UUID_LENGTH)
    return FALSE;

  for (guint i = 0; i < LINLI_UUID_LENGTH; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text[i];

      if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
        return FALSE;
    }

  return TRUE;
}

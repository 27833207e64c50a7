/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "powercut-bytes.h"

#include <string.h>

#define PIECE 4096

typedef struct
{
  guint  n_users;
  guint8 bytes[PIECE];
} Piece;

static void
piece_unref (gpointer data)
{
  Piece *piece = data;

  if (piece != NULL && --piece->n_users == 0)
    g_free (piece);
}

static Piece *
piece_ref (Piece *piece)
{
  if (piece != NULL)
    piece->n_users++;
  return piece;
}

void
powercut_bytes_init (PowercutBytes *self)
{
  self->pieces = g_ptr_array_new_with_free_func (piece_unref);
  self->length = 0;
}

void
powercut_bytes_clear (PowercutBytes *self)
{
  g_ptr_array_unref (self->pieces);
}

/* Returns: (transfer none): piece @n, which nobody else uses */
static Piece *
own (PowercutBytes *self,
     gsize          n)
{
  Piece *piece;

  if (self->pieces->len <= n)
    g_ptr_array_set_size (self->pieces, (int) n + 1);
  piece = self->pieces->pdata[n];
  if (piece != NULL && piece->n_users == 1)
    return piece;
  self->pieces->pdata[n] = g_new (Piece, 1);
  ((Piece *) self->pieces->pdata[n])->n_users = 1;
  if (piece != NULL)
    memcpy (((Piece *) self->pieces->pdata[n])->bytes, piece->bytes, PIECE);
  else
    memset (((Piece *) self->pieces->pdata[n])->bytes, 0, PIECE);
  piece_unref (piece);
  return self->pieces->pdata[n];
}

/* What is beyond the end reads as zeros. */
void
powercut_bytes_read (const PowercutBytes *self,
                     gsize                offset,
                     guint8              *data,
                     gsize                size)
{
  while (size > 0)
    {
      gsize n = offset / PIECE;
      gsize part = MIN (PIECE - offset % PIECE, size);
      const Piece *piece = n < self->pieces->len ? self->pieces->pdata[n] : NULL;

      if (piece != NULL)
        memcpy (data, piece->bytes + offset % PIECE, part);
      else
        memset (data, 0, part);
      offset += part;
      data += part;
      size -= part;
    }
}

void
powercut_bytes_write (PowercutBytes *self,
                      gsize          offset,
                      const guint8  *data,
                      gsize          size)
{
  self->length = MAX (self->length, offset + size);
  while (size > 0)
    {
      gsize part = MIN (PIECE - offset % PIECE, size);

      memcpy (own (self, offset / PIECE)->bytes + offset % PIECE, data, part);
      offset += part;
      data += part;
      size -= part;
    }
}

/* Nothing happens to what is shorter. */
void
powercut_bytes_truncate (PowercutBytes *self,
                         gsize          length)
{
  gsize n = (length + PIECE - 1) / PIECE;

  if (length >= self->length)
    return;
  if (self->pieces->len > n)
    g_ptr_array_set_size (self->pieces, (int) n);
  if (length % PIECE != 0 && self->pieces->len == n)
    memset (own (self, n - 1)->bytes + length % PIECE, 0, PIECE - length % PIECE);
  self->length = length;
}

/* @to becomes the same as @self. */
void
powercut_bytes_share (const PowercutBytes *self,
                      PowercutBytes       *to)
{
  g_ptr_array_set_size (to->pieces, 0);
  for (guint i = 0; i < self->pieces->len; i++)
    g_ptr_array_add (to->pieces, piece_ref (self->pieces->pdata[i]));
  to->length = self->length;
}

/* @to gets the pieces of @self that hold @size bytes from @offset. */
void
powercut_bytes_share_part (const PowercutBytes *self,
                           PowercutBytes       *to,
                           gsize                offset,
                           gsize                size)
{
  for (gsize n = offset / PIECE; n * PIECE < offset + size && n < self->pieces->len; n++)
    {
      if (to->pieces->len <= n)
        g_ptr_array_set_size (to->pieces, (int) n + 1);
      if (to->pieces->pdata[n] == self->pieces->pdata[n])
        continue;
      piece_unref (to->pieces->pdata[n]);
      to->pieces->pdata[n] = piece_ref (self->pieces->pdata[n]);
    }
  to->length = MAX (to->length, MIN (offset + size, self->length));
}

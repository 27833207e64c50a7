/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-encoding.h"

G_BEGIN_DECLS

/* Some whole lines of UTF-8, valid until the next read. */
typedef struct
{
  const char *text;
  gsize       length;   /* 0 at the end of the file */
  guint64     offset;   /* where in the file it begins */
  gboolean    verbatim; /* the file's own bytes, so positions inside are offsets too */
  gboolean    damaged;  /* holds U+FFFD in place of bytes that are no text */
} LinliTextChunk;

typedef struct _LinliTextSource LinliTextSource;

LinliTextSource *linli_text_source_new          (GInputStream     *stream,
                                                 LinliTableNotes  *notes,
                                                 GCancellable     *cancellable,
                                                 GError          **error);
void             linli_text_source_free         (LinliTextSource  *self);
gboolean         linli_text_source_read         (LinliTextSource  *self,
                                                 guint64           line,
                                                 LinliTextChunk   *chunk,
                                                 GError          **error);
const guint8    *linli_text_source_peek_head    (LinliTextSource  *self,
                                                 gsize            *length);
LinliEncoding    linli_text_source_get_encoding (LinliTextSource  *self);
guint64          linli_text_source_get_position (LinliTextSource  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliTextSource, linli_text_source_free)

G_END_DECLS

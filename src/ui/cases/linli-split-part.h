/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-request.h"

G_BEGIN_DECLS

/* One part of a split while the form is open. Every text is there, "" for none. */
typedef struct
{
  char *title;
  char *code;    /* of the duty item */
  char *name;    /* of the duty item */
  char *text;
  char *marks;   /* indices of its sentences, separated by spaces */
  char *limits;  /* of the duty item, in words */
  char *urgency; /* "" when the duty item says it */
  char *files;   /* ids of the case's files that it needs, separated by spaces */
} LinliSplitPart;

void          linli_split_part_free       (LinliSplitPart *self);
char         *linli_split_parts_to_memory (GPtrArray      *parts);
GPtrArray    *linli_split_parts_recall    (const char     *memory);
gboolean      linli_split_part_has        (LinliSplitPart *self,
                                           guint           sentence);
char         *linli_split_part_words      (LinliSplitPart *self);
LinliRequest *linli_split_part_to_request (LinliSplitPart *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"
#include "linli-place-index.h"

G_BEGIN_DECLS

/* Cases brought in from elsewhere. They come without the steps they went
 * through there, so an imported case has no dispatch row: it names its lead
 * unit, and its timeline tells when it came, went and was answered. */

/* A source key that begins so names a case of Linli itself, by its id, or by its
 * number and when it came: where that case is, the row is known. */
#define LINLI_IMPORT_OWN_PREFIX "linli:"

/* What the commands of one batch look up again and again. */
typedef struct
{
  LinliCommandContext *context;  /* (unowned) */
  const char          *import;   /* (unowned) id */
  GHashTable          *units;    /* (owned) (nullable) name, short name or code -> unit id: until a row names one */
  GHashTable          *channels; /* name or code -> channel code (owned) */
  LinliPlaceIndex     *places;   /* (owned) (nullable): until a row names a place */
  GHashTable          *items;    /* code -> duty item row (owned) (nullable) */
} LinliImportBatch;

/* What a row may say in words. */
typedef enum
{
  LINLI_IMPORT_WORD_SOURCE_KEY,
  LINLI_IMPORT_WORD_EXTERNAL_NO,
  LINLI_IMPORT_WORD_TITLE,
  LINLI_IMPORT_WORD_SUBJECT,
  LINLI_IMPORT_WORD_TEXT,
  LINLI_IMPORT_WORD_CHANNEL,
  LINLI_IMPORT_WORD_STATE,
  LINLI_IMPORT_WORD_ITEM_NAME,
  LINLI_IMPORT_WORD_ITEM_CODE,
  LINLI_IMPORT_WORD_NATURE,
  LINLI_IMPORT_WORD_URGENCY,
  LINLI_IMPORT_WORD_COMMUNITY,
  LINLI_IMPORT_WORD_STREET,
  LINLI_IMPORT_WORD_PLACE,
  LINLI_IMPORT_WORD_UNIT_NAME,
  LINLI_IMPORT_WORD_APPELLANT_NAME,
  LINLI_IMPORT_WORD_APPELLANT_PHONE,
  LINLI_IMPORT_WORD_REPLY,
  LINLI_N_IMPORT_WORDS
} LinliImportWord;

/* One row, checked and looked up; texts belong to the object it was read from. */
typedef struct
{
  const char *words[LINLI_N_IMPORT_WORDS]; /* (nullable): no empty ones */
  const char *text;
  char       *title;       /* (owned) */
  char       *case_no;     /* (owned) */
  char       *place;       /* (owned) (nullable) */
  char       *unit;        /* (owned) (nullable) id */
  char       *channel;     /* (owned) code */
  LinliRow   *item;        /* (unowned) (nullable) */
  const LinliPlaceSpot *spot; /* (unowned) (nullable): what the words for the place mean */
  char       *appellant;   /* (owned) (nullable) id */
  const char *urgency;
  gint64      received_at;
  gint64      closed_at;   /* 0: the source does not know */
  gint64      reply_at;    /* 0: likewise */
  gboolean    closed;
  gboolean    judged;      /* closed, and the source says whether in time */
  gboolean    late;
  gboolean    confidential; /* the source says so, or the resident once asked for it */
} LinliImportRow;

void     linli_import_batch_init    (LinliImportBatch    *batch,
                                     LinliCommandContext *context,
                                     const char          *import);
void     linli_import_batch_clear   (LinliImportBatch    *batch);
void     linli_import_row_clear     (LinliImportRow      *row);
gboolean linli_import_row_read      (LinliImportRow      *row,
                                     JsonObject          *object,
                                     const char         **field,
                                     const char         **fault);
gboolean linli_import_row_resolve   (LinliImportRow      *row,
                                     LinliImportBatch    *batch,
                                     GError             **error);
gboolean linli_import_row_insert    (LinliImportRow      *row,
                                     LinliImportBatch    *batch,
                                     GError             **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliImportBatch, linli_import_batch_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliImportRow, linli_import_row_clear)

G_END_DECLS

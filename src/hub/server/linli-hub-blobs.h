/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-shelf.h"

G_BEGIN_DECLS

/* The files of the workspaces, a shelf each:
 *
 *   ROOT/WORKSPACE/ab/abcd…
 *
 * One thread does all that writes or looks along a shelf, in the order it is
 * asked: no two requests meet in one file, and the main thread never waits for
 * a disk. Where several processes share the root, one of them changes
 * something at a time. */

typedef struct _LinliHubBlobs LinliHubBlobs;

#define LINLI_HUB_QUOTA      (G_GINT64_CONSTANT (20) << 30) /* bytes a workspace may keep, unless told otherwise */
#define LINLI_HUB_GRACE_DAYS 30 /* from when nobody refers to a file until it goes */

typedef enum
{
  LINLI_HUB_BLOB_LOOK,    /* how far is it? */
  LINLI_HUB_BLOB_BEGIN,   /* make room for it */
  LINLI_HUB_BLOB_APPEND,  /* a piece of it */
  LINLI_HUB_BLOB_MISSING, /* which of these are not here */
  LINLI_HUB_BLOB_CHECK,   /* read all; what is damaged goes, so that a desk sends it again */
  LINLI_HUB_BLOB_SWEEP,   /* remove what none of these is */
} LinliHubBlobKind;

/* An errand for that thread, and what came of it. */
typedef struct
{
  LinliHubBlobKind kind;
  char            *workspace;
  char            *sha256;   /* (nullable) */
  gint64           offset;   /* in: where the piece belongs; out: where the next does */
  gint64           size;     /* of the whole file, when it begins */
  GBytes          *piece;    /* (nullable) */
  gboolean         last;     /* it is the last piece; out: the file is whole */
  GPtrArray       *hashes;   /* (nullable) (element-type utf8) in: referred to; out: missing */
  gint64           now;      /* by the machine's clock */
  gint64           grace;
  const char      *problem;  /* out (nullable): a name of linli_wire_problems */
  GPtrArray       *damaged;  /* out (nullable) (element-type utf8) */
  guint            n_files;  /* out */
  gint64           n_bytes;  /* out */
  LinliShelfSwept  swept;    /* out */
} LinliHubErrand;

typedef void (*LinliHubErrandDone) (LinliHubErrand *errand,
                                    gpointer        data);

LinliHubErrand *linli_hub_errand_new    (LinliHubBlobKind    kind,
                                         const char         *workspace,
                                         const char         *sha256);
LinliHubBlobs  *linli_hub_blobs_new     (const char         *root,
                                         const char         *mark,
                                         gint64              quota);
void            linli_hub_blobs_free    (LinliHubBlobs      *self);
gboolean        linli_hub_blobs_is_there (LinliHubBlobs     *self);
char           *linli_hub_blobs_path    (LinliHubBlobs      *self,
                                         const char         *workspace,
                                         const char         *sha256);
void            linli_hub_blobs_run     (LinliHubBlobs      *self,
                                         LinliHubErrand     *errand,
                                         LinliHubErrandDone  done,
                                         gpointer            data);

G_END_DECLS

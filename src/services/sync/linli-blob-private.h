/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-blob-agent.h"
#include "linli-shelf.h"

G_BEGIN_DECLS

#define LINLI_BLOB_TRIES 3 /* of one file in a row before it is given up until a person asks */

/* A file on its way. */
typedef struct
{
  char    *sha256;
  char    *row;   /* (nullable): an attachment that has it, by which the hub finds it at once */
  gint64   size;
  gint64   done;  /* bytes that the other side has */
  gboolean asked; /* by a person: however large, on whatever network */
  guint    tries;
} LinliBlobMove;

/* One direction: what is under way, what comes next, and when to go on. */
typedef struct
{
  GQueue         waiting;  /* (element-type LinliBlobMove) */
  LinliBlobMove *move;     /* (owned) (nullable) */
  gsize          piece;    /* bytes at a time: as many as pass in a few seconds */
  gint64         began;    /* monotonic, of the piece */
  guint          delay;    /* seconds; 0 while all goes well */
  guint          retry_id;
} LinliBlobLine;

struct _LinliBlobAgent
{
  GObject         parent_instance;

  LinliStore     *store;       /* (owned) (nullable): NULL once stopped */
  char           *root;        /* of the shelf */
  LinliHubClient *client;      /* (owned) (nullable) */
  GCancellable   *cancellable; /* (owned): of everything under way */
  gboolean        ready;
  gboolean        saving;
  gboolean        no_room;     /* on this disk, for what came last */
  gboolean        hub_full;    /* the hub has said that its disk is */
  gboolean        listed;      /* the hub has said what it lacks, and the store what it wants */
  guint           n_lists;     /* under way */
  gboolean        more_missing; /* the hub lacks more than it has told */
  guint           n_arrived;   /* there since it told */
  gboolean        more_wanted; /* the store wants more than it has told */
  gint64          n_wanted;    /* that it has told */
  LinliBlobLine   up;
  LinliBlobLine   down;
  GHashTable     *refused;     /* (owned) set of hashes */
  GHashTable     *nowhere;     /* (owned) set of hashes */
  guint           list_id;
  guint           sweep_id;
  gulong          changed_id;
  gulong          swapped_id;
  gulong          network_id;
};

void     linli_blob_move_free       (LinliBlobMove  *move);
char    *linli_blob_move_path       (const LinliBlobMove *move);
gboolean linli_blob_agent_may_move  (LinliBlobAgent *self,
                                     const LinliBlobMove *move);
LinliBlobMove *linli_blob_line_next (LinliBlobAgent *self,
                                     LinliBlobLine  *line);
void     linli_blob_line_fed        (LinliBlobLine  *line,
                                     gboolean        well);
void     linli_blob_line_pause      (LinliBlobAgent *self,
                                     LinliBlobLine  *line,
                                     guint           seconds,
                                     GSourceFunc     again);
void     linli_blob_agent_tell      (LinliBlobAgent *self,
                                     const char     *sha256);
void     linli_blob_agent_settle    (LinliBlobAgent *self,
                                     LinliBlobLine  *line);
void     linli_blob_agent_go        (LinliBlobAgent *self);
LinliBlobMove *linli_blob_agent_add_move (LinliBlobLine *line,
                                     const char     *sha256,
                                     const char     *row,
                                     gint64          size);
void     linli_blob_agent_offer     (LinliBlobAgent *self,
                                     const char     *sha256,
                                     const char     *row);
void     linli_blob_agent_list      (LinliBlobAgent *self);
gboolean linli_blob_agent_has_more  (LinliBlobAgent *self);
void     linli_blob_agent_list_on   (LinliBlobAgent *self);
gboolean linli_blob_agent_list_again_cb (gpointer    user_data);
void     linli_blob_agent_attached_cb (LinliDb      *db,
                                     GArray         *pks,
                                     LinliBlobAgent *self);
void     linli_blob_agent_swapped_cb (LinliDb       *db,
                                     LinliBlobAgent *self);
gboolean linli_blob_agent_sweep_cb  (gpointer        user_data);
void     linli_blob_send            (LinliBlobAgent *self);
void     linli_blob_get             (LinliBlobAgent *self);

G_END_DECLS

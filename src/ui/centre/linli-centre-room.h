/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-action-dialog.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

#define LINLI_TYPE_CENTRE_ROOM (linli_centre_room_get_type ())
G_DECLARE_FINAL_TYPE (LinliCentreRoom, linli_centre_room, LINLI, CENTRE_ROOM, AdwBin)

/* One line of a room: what a rule does, in a sentence. */
typedef struct
{
  const char *code;
  const char *title;
  const char *subtitle;  /* (nullable) */
  const char *note;      /* (nullable): short, at the end: what it means for the open cases */
  const char *in_force;  /* (nullable): name of a switch; without it the rule cannot be stopped */
  gboolean    active;
  const char *found_by;  /* (nullable): what else it is found by, such as pinyin initials */
} LinliRoomLine;

/* What a centre decides for itself about one thing, as a list of lines: the
 * room shows them, asks who may change them, and runs the changes. */
typedef struct
{
  const char        *id;
  const char        *title;
  const char        *icon;
  const char        *doc;      /* what the lines are, in a sentence or two */
  const char        *command;  /* whoever may run it may change the lines; it also takes "code" and "active" */
  const char        *fresh;    /* (nullable): label of the button for one more */
  const char *const *tables;   /* NULL-terminated: what they are made from */

  /* In the read lane. Returns: (transfer full): what the others get as @facts */
  gpointer         (*read)     (LinliConn       *conn,
                                gint64           now,
                                GError         **error);
  GDestroyNotify     facts_free;
  /* (nullable): what stands above the lines: made in @box the first time */
  void             (*show_head) (LinliCentreRoom *room,
                                GtkBox          *box,
                                gpointer         facts);
  void             (*show)     (LinliCentreRoom *room,
                                gpointer         facts);
  /* @code: (nullable): %NULL for one more. Returns: (nullable): %NULL when there is nothing to edit */
  LinliActionDialog *(*edit)   (LinliUiContext  *context,
                                gpointer         facts,
                                const char      *code);
} LinliRoomKind;

GtkWidget  *linli_centre_room_new       (LinliUiContext      *context,
                                         const LinliRoomKind *kind);
void        linli_centre_room_add       (LinliCentreRoom     *self,
                                         const LinliRoomLine *line);
void        linli_centre_room_search    (LinliCentreRoom     *self,
                                         const char          *text);
void        linli_centre_room_start     (LinliCentreRoom     *self);
void        linli_centre_room_edit      (LinliCentreRoom     *self,
                                         const char          *code);
void        linli_centre_room_show_again (LinliCentreRoom    *self);
gboolean    linli_centre_room_may_start (LinliCentreRoom     *self);
LinliUiContext *linli_centre_room_get_context (LinliCentreRoom *self);

G_END_DECLS

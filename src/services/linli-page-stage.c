/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-page-stage.h"

#include "linli-page-span.h"

/* A list view makes the widgets of some two hundred rows at once, which takes
 * longer than a frame. The head of a newly opened list is shown a screenful
 * first and the rest of it in steps, one a turn. */
#define SHOWN_FIRST 40
#define SHOWN_STEP 32
#define GROW_PAUSE_MS 20

/* Before another list is shown, rows leave in turns of so many, all before the next frame. */
#define LEAVE_STEP 48

struct _LinliPageStage
{
  /* Owned */
  GHashTable         *living;   /* &pk -> row, of the rows somebody holds */
  GArray             *keys;     /* gint64, frozen */
  GArray             *hidden;   /* guint, ascending: places in keys not shown while rows enter or leave */

  /* Borrowed */
  GListModel         *model;    /* owns this */
  LinliPageStageFunc  ready;

  /* State */
  guint               shown;    /* no more rows than this, while a list grows or leaves */
  guint               grow_id;
  guint               leave_id;
  gboolean            telling;
};

/**
 * linli_page_stage_new:
 * @model: (transfer none): owns the stage; its view is told
 * @living: &pk to row, of the rows somebody holds
 * @ready: called when a list has grown, and when one has left for another
 *
 * Returns: (transfer full): for linli_page_stage_free()
 */
LinliPageStage *
linli_page_stage_new (GListModel         *model,
                      GHashTable         *living,
                      LinliPageStageFunc  ready)
{
  LinliPageStage *self = g_new0 (LinliPageStage, 1);

  self->living = g_hash_table_ref (living);
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->hidden = g_array_new (FALSE, FALSE, sizeof (guint));
  self->model = model;
  self->ready = ready;
  self->shown = G_MAXUINT;

  return self;
}

/* Nothing enters or leaves by itself any more. */
void
linli_page_stage_stop (LinliPageStage *self)
{
  g_clear_handle_id (&self->grow_id, g_source_remove);
  g_clear_handle_id (&self->leave_id, g_source_remove);
}

void
linli_page_stage_free (LinliPageStage *self)
{
  linli_page_stage_stop (self);
  g_hash_table_unref (self->living);
  g_array_unref (self->keys);
  g_array_unref (self->hidden);
  g_free (self);
}

/* --- What is on it --- */

/* Returns: how many rows the view knows of */
guint
linli_page_stage_get_n (LinliPageStage *self)
{
  return MIN (self->keys->len - self->hidden->len, self->shown);
}

/* Returns: the key at @position; 0 beyond the end */
gint64
linli_page_stage_get_pk (LinliPageStage *self,
                         guint           position)
{
  guint place = position;

  if (position >= linli_page_stage_get_n (self))
    return 0;
  for (guint i = 0; i < self->hidden->len && g_array_index (self->hidden, guint, i) <= place; i++)
    place++;

  return g_array_index (self->keys, gint64, place);
}

/* Returns: (transfer none): all keys, shown or not; never changed, only replaced */
GArray *
linli_page_stage_get_keys (LinliPageStage *self)
{
  return self->keys;
}

/**
 * linli_page_stage_find:
 * @position: (out) (optional): where the row is
 *
 * Linear: half a millisecond in a list of a million.
 */
gboolean
linli_page_stage_find (LinliPageStage *self,
                       gint64          pk,
                       guint          *position)
{
  guint n = linli_page_stage_get_n (self);

  for (guint i = 0; i < n; i++)
    if (g_array_index (self->keys, gint64, i) == pk)
      {
        if (position != NULL)
          *position = i;
        return TRUE;
      }

  return FALSE;
}

/* Whether the view does not know of all keys yet. */
gboolean
linli_page_stage_is_growing (LinliPageStage *self)
{
  return self->grow_id != 0;
}

/* Whether the view is being told of a change right now. */
gboolean
linli_page_stage_is_telling (LinliPageStage *self)
{
  return self->telling;
}

/* --- Telling the view --- */

/* @keys: (transfer full) */
static void
take_keys (LinliPageStage *self,
           GArray         *keys)
{
  g_array_unref (self->keys);
  self->keys = keys;
}

static void
tell (LinliPageStage *self,
      guint           position,
      guint           removed,
      guint           added)
{
  self->telling = TRUE;
  g_list_model_items_changed (self->model, position, removed, added);
  self->telling = FALSE;
}

static void
show_singles (LinliPageStage *self,
              GArray         *after,
              LinliPageDiff  *diff)
{
  for (guint i = diff->gone->len; i-- > 0;)
    {
      guint place = g_array_index (diff->gone, guint, i);

      g_array_prepend_val (self->hidden, place);
      tell (self, place, 1, 0);
    }

  /* What is left of the old list is what the new one has without its newcomers. */
  take_keys (self, g_array_ref (after));
  g_array_set_size (self->hidden, 0);
  g_array_append_vals (self->hidden, diff->come->data, diff->come->len);
  for (guint i = 0; i < diff->come->len; i++)
    {
      g_array_remove_index (self->hidden, 0);
      tell (self, g_array_index (diff->come, guint, i), 0, 1);
    }
}

/* Shows @keys, which differ from those on the stage by @diff, all at once. */
void
linli_page_stage_show (LinliPageStage *self,
                       GArray         *keys,
                       LinliPageDiff  *diff)
{
  guint n_before = self->keys->len;

  switch (diff->kind)
    {
    case LINLI_PAGE_DIFF_SAME:
      break;

    case LINLI_PAGE_DIFF_WINDOW:
      take_keys (self, g_array_ref (keys));
      tell (self, diff->position, diff->removed, diff->added);
      break;

    case LINLI_PAGE_DIFF_SINGLES:
      show_singles (self, keys, diff);
      break;

    case LINLI_PAGE_DIFF_RESET:
      take_keys (self, g_array_new (FALSE, FALSE, sizeof (gint64)));
      tell (self, 0, n_before, 0);
      take_keys (self, g_array_ref (keys));
      tell (self, 0, 0, keys->len);
      break;

    default:
      g_assert_not_reached ();
    }
}

/* --- Entering --- */

static gboolean
grow_cb (gpointer data)
{
  LinliPageStage *self = data;
  gboolean more = self->shown + SHOWN_STEP < self->keys->len;
  guint before = linli_page_stage_get_n (self);

  self->shown = more ? self->shown + SHOWN_STEP : G_MAXUINT;
  tell (self, before, 0, linli_page_stage_get_n (self) - before);
  if (more)
    return G_SOURCE_CONTINUE;

  self->grow_id = 0;
  self->ready (self->model);

  return G_SOURCE_REMOVE;
}

/* The whole list goes, the head of @keys comes and the rest of them a few a turn. */
void
linli_page_stage_show_head (LinliPageStage *self,
                            GArray         *keys)
{
  guint n_before = linli_page_stage_get_n (self);
  gboolean grows = keys->len > SHOWN_FIRST;

  linli_page_stage_stop (self);
  take_keys (self, g_array_new (FALSE, FALSE, sizeof (gint64)));
  if (n_before > 0)
    tell (self, 0, n_before, 0);
  take_keys (self, g_array_ref (keys));
  self->shown = grows ? SHOWN_FIRST : G_MAXUINT;
  if (keys->len > 0)
    tell (self, 0, 0, linli_page_stage_get_n (self));
  if (grows)
    self->grow_id = g_timeout_add (GROW_PAUSE_MS, grow_cb, self);
}

/* --- Leaving --- */

/* Whether nothing of what is shown stays for the answer to another question, from
 * which it differs by @diff. A list that grows is not the one compared; one that
 * begins as before stays where it is. */
gboolean
linli_page_stage_goes_whole (LinliPageStage *self,
                             LinliPageDiff  *diff)
{
  if (diff->kind == LINLI_PAGE_DIFF_SAME)
    return FALSE;

  return diff->kind == LINLI_PAGE_DIFF_RESET || self->grow_id != 0 || diff->added > SHOWN_FIRST ||
         (diff->removed > SHOWN_FIRST && diff->position < SHOWN_FIRST);
}

static void
shrink_to (LinliPageStage *self,
           guint           shown)
{
  guint before = linli_page_stage_get_n (self);

  self->shown = shown;
  if (before > shown)
    tell (self, shown, before - shown, 0);
}

static gboolean
leave_cb (gpointer data)
{
  LinliPageStage *self = data;
  guint cut = linli_page_span_cut (self->keys, linli_page_stage_get_n (self), self->living, LEAVE_STEP);

  if (cut > 0)
    {
      shrink_to (self, cut);
      return G_SOURCE_CONTINUE;
    }
  self->leave_id = 0;
  self->ready (self->model);

  return G_SOURCE_REMOVE;
}

/* Begins to make room for another list, from the end. What is not alive goes
 * first, so that the view has nothing to fill the gaps with.
 *
 * Returns: whether there is much to leave; @ready is called when little is left */
gboolean
linli_page_stage_leave (LinliPageStage *self)
{
  guint first, last;

  if (g_hash_table_size (self->living) <= LEAVE_STEP ||
      !linli_page_span_find (self->keys, linli_page_stage_get_n (self), self->living, &first, &last))
    return FALSE;

  linli_page_stage_stop (self);
  shrink_to (self, last + 1);
  take_keys (self, linli_page_span_copy (self->keys, first, last + 1 - first));
  if (first > 0)
    tell (self, 0, first, 0);
  self->leave_id = g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, self, NULL);

  return TRUE;
}

/* What has not left yet stays. */
void
linli_page_stage_stay (LinliPageStage *self)
{
  if (self->leave_id == 0)
    return;
  g_clear_handle_id (&self->leave_id, g_source_remove);
  take_keys (self, linli_page_span_copy (self->keys, 0, linli_page_stage_get_n (self)));
  self->shown = G_MAXUINT;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-face.h"

#include "linli-case-words.h"
#include "linli-time-words.h"

#define LINES_APART  3 /* pixels */
#define PIECES_APART 6
#define MARK_SIZE    16
#define CLOCK_SIZE   12

typedef enum { MARK, URGENCY, TITLE, RECEIVED, STATE, FACTS, DUE, N_PIECES } PieceName;

/* Some words of one kind, laid out when they are first drawn. */
typedef struct
{
  LinliInkKind kind;
  char        *text;   /* (nullable): %NULL for a piece that is not there */
  PangoLayout *layout; /* (nullable) until it is drawn */
} Piece;

struct _LinliCaseFace
{
  LinliCaseInk *ink; /* (owned) */
  Piece         pieces[N_PIECES];
  gboolean      marking;
  gboolean      marked;
};

/* One line while it is drawn. */
typedef struct
{
  GtkSnapshot *snapshot;
  int          y;
  int          height;
  int          left;     /* what is still free */
  int          right;
  int          width;    /* of the whole line */
  int          kept;     /* free for what comes last in it */
  gboolean     reversed; /* from right to left */
} Line;

/* Returns: (transfer full): for linli_case_face_free() */
LinliCaseFace *
linli_case_face_new (LinliCaseInk *ink)
{
  LinliCaseFace *self = g_new0 (LinliCaseFace, 1);

  self->ink = g_object_ref (ink);

  return self;
}

void
linli_case_face_free (LinliCaseFace *self)
{
  for (guint i = 0; i < N_PIECES; i++)
    {
      g_free (self->pieces[i].text);
      g_clear_object (&self->pieces[i].layout);
    }
  g_object_unref (self->ink);
  g_free (self);
}

/* @text: (nullable): %NULL for nothing */
static void
set_piece (LinliCaseFace *self,
           PieceName      name,
           LinliInkKind   kind,
           const char    *text)
{
  Piece *piece = &self->pieces[name];

  if (piece->kind == kind && g_strcmp0 (piece->text, text) == 0)
    return;
  g_free (piece->text);
  piece->text = g_strdup (text);
  piece->kind = kind;
  g_clear_object (&piece->layout);
}

static LinliInkKind
state_kind (LinliCaseRecord *record)
{
  const char *name = linli_case_standing_class (linli_case_record_get_state (record), linli_case_record_get_part (record));

  return g_str_equal (name, "ours") ? LINLI_INK_STATE_OURS
         : g_str_equal (name, "over") ? LINLI_INK_STATE_OVER : LINLI_INK_STATE_THEIRS;
}

/**
 * linli_case_face_show:
 * @record: (nullable): %NULL while it is being read
 * @facts: (nullable): the second line
 */
void
linli_case_face_show (LinliCaseFace   *self,
                      LinliCaseRecord *record,
                      const char      *facts)
{
  set_piece (self, URGENCY, LINLI_INK_URGENCY,
             record != NULL ? linli_case_urgency_words (linli_case_record_get_urgency (record)) : NULL);
  set_piece (self, TITLE, LINLI_INK_TITLE, record != NULL ? linli_case_record_get_title (record) : NULL);
  set_piece (self, FACTS, LINLI_INK_FACTS, facts);
  set_piece (self, STATE, record != NULL ? state_kind (record) : LINLI_INK_STATE_OURS,
             record != NULL ? linli_case_standing_words (linli_case_record_get_state (record),
                                                         linli_case_record_get_part (record)) : NULL);
  if (record != NULL)
    return;
  set_piece (self, RECEIVED, LINLI_INK_MOMENT, NULL);
  set_piece (self, DUE, LINLI_INK_DUE_LATER, NULL);
}

/* What changes as time passes: @received in words, and what is left of the limit. */
void
linli_case_face_show_times (LinliCaseFace   *self,
                            LinliCaseRecord *record,
                            const char      *received,
                            gint64           now)
{
  gint64 due = linli_case_record_get_due_at (record);
  LinliDueTone tone = linli_case_state_is_over (linli_case_record_get_state (record)) ? LINLI_DUE_NONE
                                                                                      : linli_due_tone (due, now);
  g_autofree char *words = tone != LINLI_DUE_NONE ? linli_due_words (due, now) : NULL;

  set_piece (self, RECEIVED, LINLI_INK_MOMENT, received);
  set_piece (self, DUE, tone == LINLI_DUE_OVER ? LINLI_INK_DUE_OVER
                        : tone == LINLI_DUE_SOON ? LINLI_INK_DUE_SOON : LINLI_INK_DUE_LATER, words);
}

/* @marking: whether marks are being set at all; @marked: whether on this case */
void
linli_case_face_show_mark (LinliCaseFace *self,
                           gboolean       marking,
                           gboolean       marked)
{
  self->marking = marking;
  self->marked = marked;
}

/* The ink is another one: what was laid out has to be laid out again. */
void
linli_case_face_dry (LinliCaseFace *self)
{
  for (guint i = 0; i < N_PIECES; i++)
    g_clear_object (&self->pieces[i].layout);
}

/* --- Drawing --- */

/* Where @width pixels begin that are cut off the line before or after what is
 * free in it. */
static int
take (Line    *line,
      int      width,
      gboolean before)
{
  int x = before ? line->left : line->right - width;

  if (before)
    line->left += width + PIECES_APART;
  else
    line->right -= width + PIECES_APART;

  return line->reversed ? line->width - x - width : x;
}

static void
draw_icon (LinliCaseFace *self,
           Line          *line,
           LinliInkKind   kind,
           const char    *name,
           int            x,
           int            size)
{
  gtk_snapshot_save (line->snapshot);
  gtk_snapshot_translate (line->snapshot, &GRAPHENE_POINT_INIT (x, line->y + (line->height - size) / 2));
  linli_case_ink_draw_icon (self->ink, kind, line->snapshot, name, size);
  gtk_snapshot_restore (line->snapshot);
}

static PangoLayout *
lay_out (LinliCaseFace *self,
         Piece         *piece)
{
  if (piece->layout == NULL)
    piece->layout = linli_case_ink_new_layout (self->ink, piece->kind, piece->text);

  return piece->layout;
}

static void
draw_words (LinliCaseFace *self,
            Line          *line,
            Piece         *piece,
            int            x,
            int            text_height)
{
  gtk_snapshot_render_layout (line->snapshot, linli_case_ink_get_style (self->ink, piece->kind), x,
                              line->y + (line->height - text_height) / 2, piece->layout);
}

/* A piece that is as wide as its words; where large letters leave no room for it
 * and a few letters of the title, nothing. */
static void
draw_piece (LinliCaseFace *self,
            Line          *line,
            PieceName      name,
            gboolean       before)
{
  Piece *piece = &self->pieces[name];
  GtkStyleContext *style = linli_case_ink_get_style (self->ink, piece->kind);
  int clock = name == DUE ? CLOCK_SIZE + 3 : 0;
  int width, height, whole, x;
  GtkBorder edge;

  if (piece->text == NULL)
    return;
  linli_case_ink_get_edge (self->ink, piece->kind, &edge);
  pango_layout_get_pixel_size (lay_out (self, piece), &width, &height);
  whole = width + edge.left + edge.right + clock;
  if (whole + line->kept > line->right - line->left)
    return;
  x = take (line, whole, before);
  if (name == STATE || name == URGENCY)
    {
      gtk_snapshot_render_background (line->snapshot, style, x, line->y, whole, line->height);
      gtk_snapshot_render_frame (line->snapshot, style, x, line->y, whole, line->height);
    }
  if (clock > 0)
    draw_icon (self, line, piece->kind,
               piece->kind == LINLI_INK_DUE_OVER ? "linli-clock-late-symbolic" : "linli-clock-symbolic",
               line->reversed ? x + whole - CLOCK_SIZE : x, CLOCK_SIZE);
  draw_words (self, line, piece, x + (line->reversed ? edge.left : edge.left + clock), height);
}

/* The piece that has what the others left. */
static void
draw_rest (LinliCaseFace *self,
           Line          *line,
           PieceName      name)
{
  Piece *piece = &self->pieces[name];
  int free_width = MAX (line->right - line->left, 0);
  int height;

  if (piece->text == NULL || free_width == 0)
    return;
  pango_layout_set_ellipsize (lay_out (self, piece), PANGO_ELLIPSIZE_END);
  pango_layout_set_width (piece->layout, free_width * PANGO_SCALE);
  pango_layout_get_pixel_size (piece->layout, NULL, &height);
  draw_words (self, line, piece, take (line, free_width, TRUE), height);
}

/* State and limit stand beside the title where there is one line only; the day
 * of receipt gives way to the limit. */
void
linli_case_face_draw (LinliCaseFace *self,
                      GtkSnapshot   *snapshot,
                      int            width,
                      gboolean       compact,
                      gboolean       reversed)
{
  int first = linli_case_ink_get_height (self->ink, 0);
  int second = linli_case_ink_get_height (self->ink, 1);
  Line line = { snapshot, 0, compact ? MAX (first, second) : first, 0, width, width, 2 * first, reversed };

  if (self->marking)
    draw_icon (self, &line, self->marked ? LINLI_INK_MARKED : LINLI_INK_MARK,
               self->marked ? "checkbox-checked-symbolic" : "checkbox-symbolic", take (&line, MARK_SIZE, TRUE), MARK_SIZE);
  draw_piece (self, &line, URGENCY, TRUE);
  if (!compact || self->pieces[DUE].text == NULL)
    draw_piece (self, &line, RECEIVED, FALSE);
  if (compact)
    {
      draw_piece (self, &line, DUE, FALSE);
      draw_piece (self, &line, STATE, FALSE);
    }
  draw_rest (self, &line, TITLE);
  if (compact)
    return;

  line = (Line) { snapshot, first + LINES_APART, second, 0, width, width, 0, reversed };
  draw_piece (self, &line, STATE, TRUE);
  draw_piece (self, &line, DUE, FALSE);
  draw_rest (self, &line, FACTS);
}

/* Returns: the height of every row, in pixels */
int
linli_case_face_get_height (LinliCaseInk *ink,
                            gboolean      compact)
{
  int first = linli_case_ink_get_height (ink, 0);
  int second = linli_case_ink_get_height (ink, 1);

  return compact ? MAX (first, second) : first + LINES_APART + second;
}

/* Whether @x lies on the box before the row, while there is one; the whole edge
 * of the row counts, so that nobody has to aim. @x runs in reading direction. */
gboolean
linli_case_face_is_on_mark (LinliCaseFace *self,
                            double         x)
{
  return self->marking && x < MARK_SIZE + 4;
}

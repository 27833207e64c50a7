/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 办结要件: before a unit of the demo centre reports a result it brings what the
 * duty list asks for. The pictures are drawn, one for each kind. */

#include "config.h"

#include "linli-demo-evidence.h"

#include <cairo.h>

#include "linli-attachment-store.h"
#include "linli-evidence.h"

#define WIDTH  480
#define HEIGHT 360

static void
fill_box (cairo_t *cr,
          double   grey,
          double   x,
          double   y,
          double   width,
          double   height)
{
  cairo_set_source_rgb (cr, grey, grey * 0.97, grey * 0.92);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

/* A passage between two walls, with or without what stands in the way. */
static void
draw_passage (cairo_t *cr,
              gboolean blocked)
{
  fill_box (cr, 0.80, 0, 0, WIDTH, HEIGHT);
  fill_box (cr, 0.55, 0, 220, WIDTH, HEIGHT - 220);
  fill_box (cr, 0.68, 60, 60, 90, 160);
  fill_box (cr, 0.68, 330, 60, 90, 160);
  for (int i = 0; i < 6; i++)
    fill_box (cr, 0.92, 20 + i * 80, 286, 46, 8);
  for (int i = 0; blocked && i < 5; i++)
    fill_box (cr, 0.25 + 0.07 * i, 130 + i * 46, 214 - (i % 3) * 26, 52, 70 + (i % 3) * 26);
}

/* A sheet with lines, and a name or a stamp below. */
static void
draw_sheet (cairo_t *cr,
            gboolean signed_by_hand)
{
  fill_box (cr, 0.70, 0, 0, WIDTH, HEIGHT);
  fill_box (cr, 1.00, 110, 20, 260, 320);
  for (int i = 0; i < 8; i++)
    fill_box (cr, 0.60, 140, 60 + i * 22, i % 4 == 3 ? 120 : 200, 3);
  cairo_set_line_width (cr, 3);
  if (signed_by_hand)
    {
      cairo_set_source_rgb (cr, 0.10, 0.15, 0.45);
      cairo_move_to (cr, 240, 300);
      cairo_curve_to (cr, 265, 250, 275, 325, 295, 280);
      cairo_curve_to (cr, 305, 262, 312, 318, 345, 276);
    }
  else
    {
      cairo_set_source_rgb (cr, 0.80, 0.12, 0.10);
      cairo_arc (cr, 305, 285, 34, 0, 6.2832);
    }
  cairo_stroke (cr);
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw (const char *kind)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  if (g_str_has_prefix (kind, "photo"))
    draw_passage (cr, g_str_equal (kind, "photo_before"));
  else
    draw_sheet (cr, g_str_equal (kind, "signature"));
  cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (png);
}

/* As the people of the centre would name it. */
static const char *
file_name (const char *kind)
{
  static const struct { const char *kind, *name; } names[] = {
    { "photo_before", "处置前.png" }, { "photo", "处置后.png" }, { "visit", "走访记录.png" },
    { "signature", "签收单.png" }, { "file", "处置记录.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].kind, kind))
      return names[i].name;
  return kind;
}

static gboolean
attach (LinliDemoPlay  *self,
        LinliDemoStory *story,
        const char     *desk,
        const char     *kind,
        gint64          at,
        GError        **error)
{
  g_autoptr(GBytes) bytes = draw (kind);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr(LinliStoredFile) stored = linli_attachment_put (linli_store_get_folder (self->store), stream, file_name (kind),
                                                            NULL, error);
  g_autoptr(LinliOutcome) outcome = NULL;
  JsonObject *args;

  if (stored == NULL)
    return FALSE;
  args = json_object_new ();
  json_object_set_string_member (args, "case", story->id);
  json_object_set_string_member (args, "sha256", stored->sha256);
  json_object_set_string_member (args, "name", stored->name);
  json_object_set_string_member (args, "content_type", stored->content_type);
  json_object_set_int_member (args, "size", stored->size);
  json_object_set_string_member (args, "audience", "unit");
  json_object_set_string_member (args, "evidence", kind);
  outcome = linli_demo_play_run (self, desk, "case.attach", args, at, error);

  return outcome != NULL;
}

/* Nobody signs for somebody unknown. */
static gboolean
waive (LinliDemoPlay  *self,
       LinliDemoStory *story,
       const char     *kind,
       gint64          at,
       GError        **error)
{
  JsonObject *args = json_object_new ();
  g_autoptr(LinliOutcome) outcome = NULL;

  json_object_set_string_member (args, "case", story->id);
  json_object_set_string_member (args, "evidence", kind);
  json_object_set_string_member (args, "reason", "反映人匿名，无法签字，已现场核实");
  outcome = linli_demo_play_run (self, LINLI_DEMO_REVIEWER, "case.waive-evidence", args, at, error);

  return outcome != NULL;
}

/**
 * linli_demo_evidence_bring:
 * @desk: who speaks for the unit
 * @at: when it reports its result
 *
 * Adds what the case still has to show, or lets a reviewer waive it.
 */
gboolean
linli_demo_evidence_bring (LinliDemoPlay  *self,
                           LinliDemoStory *story,
                           const char     *desk,
                           gint64          at,
                           GError        **error)
{
  g_autoptr(GPtrArray) list = linli_evidence_load_of_case (self->conn, story->id, FALSE, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const LinliEvidence *one = list->pdata[i];
      gboolean unsigned_by = story->anonymous && g_str_equal (one->kind, "signature");

      if (one->state == LINLI_EVIDENCE_MISSING &&
          !(unsigned_by ? waive (self, story, one->kind, at, error) : attach (self, story, desk, one->kind, at, error)))
        return FALSE;
    }
  return list != NULL;
}

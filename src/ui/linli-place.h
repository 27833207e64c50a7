/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-case-search.h"

G_BEGIN_DECLS

/* One line of the sidebar: a page, and what it is to show there. */
#define LINLI_TYPE_PLACE (linli_place_get_type ())
G_DECLARE_FINAL_TYPE (LinliPlace, linli_place, LINLI, PLACE, GObject)

struct _LinliPlace
{
  GObject       parent_instance;

  char         *page;    /* "overview", "figures", "cases" */
  char         *id;      /* of the view within the page */
  char         *title;   /* translated */
  char         *icon;
  char         *section; /* heading above the first of its kind; "" for none */
  char         *query;   /* a search line */
  LinliCaseSort sort;
  gboolean      saved;   /* under a name, by a person */
  gboolean      shared;  /* a saved one for everybody */
  gint64        n;       /* -1 while unknown, or where a number says nothing */
  gboolean      more;    /* there are more than n */
};

LinliPlace *linli_place_new       (const char *page,
                                   const char *id,
                                   const char *title,
                                   const char *icon,
                                   const char *section);
gboolean    linli_place_is_same   (LinliPlace *self,
                                   LinliPlace *other);
void        linli_place_set_count (LinliPlace *self,
                                   gint64      n,
                                   gboolean    more);
char       *linli_place_dup_count (LinliPlace *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells the other processes of a PostgreSQL database that something was
 * committed, and is told by them. A ring is a hint: whoever hears it looks. */
typedef struct _LinliPostgresBell LinliPostgresBell;

/* In the main context of whoever made the bell. @word is NULL when rings may
 * have been missed: look at everything. */
typedef void (*LinliPostgresBellHeard) (const char *word,
                                        gpointer    data);

LinliPostgresBell *linli_postgres_bell_new  (const char             *address,
                                             LinliPostgresBellHeard  heard,
                                             gpointer                data);
void               linli_postgres_bell_ring (LinliPostgresBell      *self,
                                             const char             *word);
void               linli_postgres_bell_free (LinliPostgresBell      *self);

G_END_DECLS

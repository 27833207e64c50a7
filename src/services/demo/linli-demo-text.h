/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-people.h"
#include "linli-demo-time.h"

G_BEGIN_DECLS

/* The {slots} of the sample texts, filled; and what a text says about when,
 * how and by whom it can have been said. */

GHashTable *linli_demo_slots_new       (LinliDemoCorpus     *corpus,
                                        LinliDemoResident   *resident,
                                        GRand               *rand);
char       *linli_demo_fill            (const char          *text,
                                        LinliDemoCorpus     *corpus,
                                        GHashTable          *slots,
                                        GRand               *rand);
gboolean    linli_demo_uses            (const char          *text,
                                        const char          *slot);
gboolean    linli_demo_text_fits_time  (const char          *text,
                                        const LinliDemoTime *time,
                                        gint64               at);
gboolean    linli_demo_text_fits_person (const char         *text,
                                        LinliDemoResident   *resident,
                                        int                  year);
const char *linli_demo_text_way        (const char          *text);
char       *linli_demo_text_trim       (const char          *text,
                                        const LinliDemoTime *time,
                                        gint64               since,
                                        gint64               at);
gboolean    linli_demo_callback_fits   (const char          *text,
                                        const LinliDemoTime *time,
                                        gint64               since,
                                        gint64               at);
char       *linli_demo_text_by_night   (const char          *text,
                                        GHashTable          *slots,
                                        const LinliDemoTime *time,
                                        gint64               since,
                                        gint64               at);
void        linli_demo_slots_set_time  (GHashTable          *slots,
                                        const LinliDemoTime *time,
                                        gint64               from,
                                        gint64               to);
void        linli_demo_slots_set_when  (GHashTable          *slots,
                                        LinliDemoCorpus     *corpus,
                                        const LinliDemoTime *time,
                                        gint64               at,
                                        GRand               *rand);

G_END_DECLS

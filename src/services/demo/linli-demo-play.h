/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-plan.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* The stage: the store being filled, and everybody's ids. Each step of a
 * story becomes one operation, done by whoever would do it, at its time. */
typedef struct
{
  LinliStore          *store;    /* (unowned) */
  LinliConn           *conn;     /* (unowned) */
  LinliDesk           *desk;     /* (unowned) */
  LinliFakeClock      *clock;    /* (unowned): what the desk looks at */
  LinliDemoCorpus     *corpus;   /* (unowned) */
  const LinliDemoTime *time;     /* (unowned) */
  GRand               *rand;     /* (unowned) */
  GHashTable          *accounts; /* login -> account id */
  GHashTable          *handlers; /* unit code -> account id */
  GHashTable          *units;    /* unit code -> id */
  GHashTable          *names;    /* unit code -> short name */
  GHashTable          *places;   /* name -> id */
  LinliTx             *tx;       /* (owned) (nullable): shared by many operations */
  guint                n_in_tx;
  guint                n_done;   /* operations */
} LinliDemoPlay;

void          linli_demo_play_init      (LinliDemoPlay     *self);
void          linli_demo_play_clear     (LinliDemoPlay     *self);
LinliOutcome *linli_demo_play_run       (LinliDemoPlay     *self,
                                         const char        *login,
                                         const char        *command,
                                         JsonObject        *args,
                                         gint64             at,
                                         GError           **error);
gboolean      linli_demo_play_add_numbers (LinliDemoPlay   *self,
                                         JsonObject        *args,
                                         gboolean           new_case,
                                         gint64             at,
                                         GError           **error);
gboolean      linli_demo_play_flush     (LinliDemoPlay     *self,
                                         GError           **error);
gboolean      linli_demo_play_set_stage (LinliDemoPlay     *self,
                                         gint64             at,
                                         GError           **error);
gboolean      linli_demo_play_keep_answers (LinliDemoPlay  *self,
                                         gint64            at,
                                         GError          **error);
gboolean      linli_demo_play_clear_desk (LinliDemoPlay    *self,
                                         LinliDemoPlan     *plan,
                                         GError           **error);
gboolean      linli_demo_play_step      (LinliDemoPlay     *self,
                                         LinliDemoStory    *story,
                                         const LinliDemoStep *step,
                                         GError           **error);

const char   *linli_demo_play_desk      (LinliDemoPlay     *self,
                                         const char        *unit,
                                         gint64             at);

/* Who sits at the desk of the demo centre. */
#define LINLI_DEMO_CLERK "sujw"
/* Who reviews there. */
#define LINLI_DEMO_REVIEWER "xuhl"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliDemoPlay, linli_demo_play_clear)

G_END_DECLS

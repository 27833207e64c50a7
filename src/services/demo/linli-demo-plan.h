/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-story.h"

G_BEGIN_DECLS

/* Which stories there are: their number, days, people and states. */
typedef struct
{
  LinliDemoCorpus     *corpus;  /* (unowned) */
  const LinliDemoTime *time;    /* (unowned) */
  GRand               *rand;    /* (unowned) */
  GPtrArray           *people;  /* (owned) LinliDemoResident */
  GPtrArray           *grid;    /* (owned) LinliDemoResident: who walk the streets by profession */
  GPtrArray           *stories; /* (owned) LinliDemoStory */
  guint                n_declined;
  guint                n_today;
} LinliDemoPlan;

LinliDemoPlan *linli_demo_plan_new  (LinliDemoCorpus     *corpus,
                                     const LinliDemoTime *time,
                                     GRand               *rand,
                                     guint                n_cases);
void           linli_demo_plan_free (LinliDemoPlan       *self);

LinliDemoStory *linli_demo_cast     (LinliDemoPlan       *plan,
                                     gint64               received);
gboolean        linli_demo_cast_fits (LinliDemoPlan      *plan,
                                     LinliDemoStory      *story,
                                     gint64               received);
void            linli_demo_cast_settle (LinliDemoPlan    *plan,
                                     LinliDemoStory      *story);
LinliDemoStory *linli_demo_cast_declined (LinliDemoPlan  *plan,
                                     gint64               received);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDemoPlan, linli_demo_plan_free)

G_END_DECLS

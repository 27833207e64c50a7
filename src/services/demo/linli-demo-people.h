/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-corpus.h"

G_BEGIN_DECLS

/* Somebody of the community, made up. */
typedef struct
{
  char            *name;
  char            *who;      /* how the desk speaks to them: 陈阿姨 */
  char            *phone;
  char            *address;
  LinliDemoEstate *estate;   /* (unowned) */
  const char      *building; /* (unowned) */
  int              floor;
  char            *room;     /* 1204房 */
  int              born;
  gboolean         female;
  char            *id;       /* (nullable): row, once they have come */
} LinliDemoResident;

GPtrArray *linli_demo_people_new (LinliDemoCorpus *corpus,
                                  guint            n,
                                  GRand           *rand);
GPtrArray *linli_demo_people_from_staff (LinliDemoCorpus *corpus,
                                  const char      *role);
char      *linli_demo_neighbour  (LinliDemoCorpus *corpus,
                                  GRand           *rand);

G_END_DECLS

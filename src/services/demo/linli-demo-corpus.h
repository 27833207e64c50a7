/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-deadline.h"

G_BEGIN_DECLS

/* What the sample data is made from: data/seed/demo and the lists that every
 * centre begins with, read once. Everything in it belongs to the corpus. */

typedef enum
{
  LINLI_DEMO_CLOCK_DISPATCH,
  LINLI_DEMO_CLOCK_SIGN,
  LINLI_DEMO_CLOCK_CONTACT,
  LINLI_DEMO_CLOCK_RESOLVE,
  LINLI_DEMO_CLOCK_CALLBACK,
  LINLI_DEMO_N_CLOCKS,
} LinliDemoClock;

typedef struct
{
  const char    *code;
  const char    *catch_all; /* (nullable): the catch-all of its class */
  gboolean       urgent;
  gboolean       known[LINLI_DEMO_N_CLOCKS];
  LinliTerm      terms[LINLI_DEMO_N_CLOCKS];
  LinliStartRule rules[LINLI_DEMO_N_CLOCKS];
} LinliDemoLeaf;

#define LINLI_DEMO_MAX_TEXTS 8

typedef struct
{
  const char    *id;
  const char    *title;
  const char    *nature;
  const char    *urgency;
  const char    *setting;
  LinliDemoLeaf *leaf;
  JsonArray     *texts;
  JsonArray     *channels;
  JsonArray     *handling;
  JsonArray     *results;
  JsonArray     *callbacks;
  guint          n_used;
  guint          text_used[LINLI_DEMO_MAX_TEXTS];
} LinliDemoMatter;

typedef struct
{
  const char *name;
  const char *kind;
  const char *property;  /* unit code */
  const char *road;
  const char *grid;
  const char *address;
  const char *aliases;   /* (nullable) */
  const char *community;
  gboolean    lift;
  JsonArray  *buildings;
  JsonArray  *roads;     /* of its community */
  JsonArray  *landmarks;
} LinliDemoEstate;

typedef struct
{
  JsonObject *matters_file;
  JsonObject *places;
  JsonObject *people;
  JsonObject *staff;
  JsonObject *desk;
  JsonObject *duty_file;
  JsonObject *channels_file;
  JsonObject *units_file;
  GPtrArray  *matters;   /* LinliDemoMatter */
  GPtrArray  *estates;   /* LinliDemoEstate */
  GHashTable *leaves;    /* code -> LinliDemoLeaf */
  GHashTable *kinds;     /* channel code -> kind */
  GHashTable *all_day;   /* set of unit codes that somebody always answers for */
} LinliDemoCorpus;

LinliDemoCorpus *linli_demo_corpus_load   (GError          **error);
void             linli_demo_corpus_free   (LinliDemoCorpus  *self);
const char      *linli_demo_corpus_phrase (LinliDemoCorpus  *self,
                                           const char       *name,
                                           GRand            *rand);
const char      *linli_demo_pick          (JsonArray        *texts,
                                           GRand            *rand);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDemoCorpus, linli_demo_corpus_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-text-model.h"

G_BEGIN_DECLS

/* What one gram says of one class. */
typedef struct
{
  guint feature;
  guint class;
  float weight;
  guint n_examples;
} LinliPosting;

struct _LinliTextModel
{
  int              refs;
  LinliVocabulary *vocabulary;
  GPtrArray       *labels;   /* element-type utf8 */
  float           *biases;   /* one a class */
  GArray          *postings; /* by feature, then class, once closed */
  guint           *starts;   /* where a feature's postings begin; one more than features */
};

G_END_DECLS

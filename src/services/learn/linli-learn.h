/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-text-model.h"

G_BEGIN_DECLS

/* A text and what it was. */
typedef struct
{
  char *text;
  char *label;
} LinliExample;

/* How to learn; linli_learning_defaults() says what was found best. */
typedef struct
{
  guint   longest;   /* grams of one to so many units */
  guint   least;     /* a gram must occur in so many texts */
  guint   most;      /* so many grams are kept, the commonest; 0: all */
  double  cost;      /* of an example on the wrong side */
  double  bayes;     /* share, 0 to 1, of a second machine whose grams are scaled by how much more
                      * often they occur in the class */
  double  balance;   /* 0: every example counts alike; 1: a small class as much as all others */
  guint   per_class; /* weights kept of a class, the heaviest; 0: all */
  guint   others;    /* examples of other classes that a class is told from; 0: all */
  guint32 seed;      /* chooses those */
} LinliLearning;

GPtrArray      *linli_examples_new      (void);
void            linli_examples_add      (GPtrArray           *examples,
                                         const char          *text,
                                         const char          *label);
LinliLearning   linli_learning_defaults (void);
LinliTextModel *linli_learn             (GPtrArray           *examples,
                                         const LinliLearning *learning,
                                         GCancellable        *cancellable,
                                         GError             **error);

G_END_DECLS

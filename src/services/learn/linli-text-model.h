/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-vocabulary.h"

G_BEGIN_DECLS

/* What a machine has learned of texts and their classes: for every gram, how
 * much it speaks for which class. Frozen; any thread may ask. */
typedef struct _LinliTextModel LinliTextModel;

/* One class for a text. */
typedef struct
{
  const char *label;      /* (unowned): the model's */
  double      score;      /* greater is likelier; comparable within one text */
  char       *words[3];   /* (owned) (nullable): what of the text speaks for it most, best first */
  guint       n_examples; /* examples of the class that have the first word */
} LinliGuess;

LinliTextModel  *linli_text_model_new            (LinliVocabulary *vocabulary,
                                                  GPtrArray       *labels);
LinliTextModel  *linli_text_model_ref            (LinliTextModel  *self);
void             linli_text_model_unref          (LinliTextModel  *self);
void             linli_text_model_add            (LinliTextModel  *self,
                                                  guint            feature,
                                                  guint            class,
                                                  float            weight,
                                                  guint            n_examples);
void             linli_text_model_set_bias       (LinliTextModel  *self,
                                                  guint            class,
                                                  float            bias);
void             linli_text_model_close          (LinliTextModel  *self);
guint            linli_text_model_get_n_classes  (LinliTextModel  *self);
GPtrArray       *linli_text_model_rank           (LinliTextModel  *self,
                                                  const char      *text,
                                                  guint            limit);
GBytes          *linli_text_model_to_bytes       (LinliTextModel  *self,
                                                  const char      *basis);
LinliTextModel  *linli_text_model_from_bytes     (GBytes          *bytes,
                                                  char           **basis,
                                                  GError         **error);
void             linli_guess_free                (LinliGuess      *guess);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliTextModel, linli_text_model_unref)

G_END_DECLS

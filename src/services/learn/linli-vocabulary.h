/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which grams count, and how much each tells: the bridge between texts and
 * the numbers that a machine learns from. Frozen after linli_vocabulary_close();
 * then any thread may ask. */
typedef struct _LinliVocabulary LinliVocabulary;

/* One gram of a text. */
typedef struct
{
  guint feature;
  float value;
} LinliTerm;

LinliVocabulary *linli_vocabulary_new        (guint            longest);
LinliVocabulary *linli_vocabulary_ref        (LinliVocabulary *self);
void             linli_vocabulary_unref      (LinliVocabulary *self);
void             linli_vocabulary_add        (LinliVocabulary *self,
                                              const char      *text);
void             linli_vocabulary_close      (LinliVocabulary *self,
                                              guint            least,
                                              guint            most);
LinliVocabulary *linli_vocabulary_restore    (guint            longest,
                                              guint            n_texts);
gboolean         linli_vocabulary_append     (LinliVocabulary *self,
                                              const char      *gram,
                                              guint            n_texts);
guint            linli_vocabulary_get_size   (LinliVocabulary *self);
guint            linli_vocabulary_get_longest (LinliVocabulary *self);
guint            linli_vocabulary_get_n_texts (LinliVocabulary *self);
const char      *linli_vocabulary_get_gram   (LinliVocabulary *self,
                                              guint            feature);
guint            linli_vocabulary_get_count  (LinliVocabulary *self,
                                              guint            feature);
GArray          *linli_vocabulary_weigh      (LinliVocabulary *self,
                                              const char      *text);
double           linli_vector_product        (GArray          *a,
                                              GArray          *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliVocabulary, linli_vocabulary_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A model as bytes: a mark with its version, the SHA-256 of the rest, and one
 * GVariant. Whatever is not exactly that is refused: a model can be learned
 * again, a wrong one would mislead for years. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "linli-grams.h"
#include "linli-text-model-private.h"

#define MARK "linlimd1"
#define SUM  32
#define HEAD (sizeof MARK - 1 + SUM)

/* byte order, basis, longest gram, texts, (gram, texts), (label, bias), (feature, class, weight, examples) */
#define BODY_TYPE "(usuua(su)a(sd)a(uudu))"

static void
sum_up (gconstpointer data,
        gsize         length,
        guint8        sum[SUM])
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize n = SUM;

  g_checksum_update (checksum, data, (gssize) length);
  g_checksum_get_digest (checksum, sum, &n);
}

static GVariant *
make_body (LinliTextModel *self,
           const char     *basis)
{
  LinliVocabulary *vocabulary = self->vocabulary;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (BODY_TYPE));
  g_variant_builder_add (&builder, "u", G_BYTE_ORDER);
  g_variant_builder_add (&builder, "s", basis);
  g_variant_builder_add (&builder, "u", linli_vocabulary_get_longest (vocabulary));
  g_variant_builder_add (&builder, "u", linli_vocabulary_get_n_texts (vocabulary));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(su)"));
  for (guint f = 0; f < linli_vocabulary_get_size (vocabulary); f++)
    g_variant_builder_add (&builder, "(su)", linli_vocabulary_get_gram (vocabulary, f),
                           linli_vocabulary_get_count (vocabulary, f));
  g_variant_builder_close (&builder);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(sd)"));
  for (guint c = 0; c < self->labels->len; c++)
    g_variant_builder_add (&builder, "(sd)", self->labels->pdata[c], (double) self->biases[c]);
  g_variant_builder_close (&builder);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(uudu)"));
  for (guint i = 0; i < self->postings->len; i++)
    {
      const LinliPosting *posting = &g_array_index (self->postings, LinliPosting, i);

      g_variant_builder_add (&builder, "(uudu)", posting->feature, posting->class, (double) posting->weight,
                             posting->n_examples);
    }
  g_variant_builder_close (&builder);

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * linli_text_model_to_bytes:
 * @basis: what it was learned from, in the caller's words; comes back with it
 *
 * Returns: (transfer full)
 */
GBytes *
linli_text_model_to_bytes (LinliTextModel *self,
                           const char     *basis)
{
  g_autoptr(GVariant) body = NULL;
  g_autoptr(GByteArray) out = g_byte_array_new ();
  guint8 sum[SUM];

  g_return_val_if_fail (self != NULL && basis != NULL, NULL);

  body = make_body (self, basis);
  sum_up (g_variant_get_data (body), g_variant_get_size (body), sum);
  g_byte_array_append (out, (const guint8 *) MARK, sizeof MARK - 1);
  g_byte_array_append (out, sum, SUM);
  g_byte_array_append (out, g_variant_get_data (body), (guint) g_variant_get_size (body));

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "This is no model of this version: %s", why);
  return FALSE;
}

static GVariant *
open_body (GBytes  *bytes,
           GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr(GBytes) rest = NULL;
  g_autoptr(GVariant) body = NULL;
  guint8 sum[SUM];

  if (length < HEAD || memcmp (data, MARK, sizeof MARK - 1) != 0)
    {
      refuse (error, "its mark is missing");
      return NULL;
    }
  sum_up (data + HEAD, length - HEAD, sum);
  if (memcmp (sum, data + sizeof MARK - 1, SUM) != 0)
    {
      refuse (error, "its sum does not agree");
      return NULL;
    }
  rest = g_bytes_new_from_bytes (bytes, HEAD, length - HEAD);
  body = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BODY_TYPE), rest, FALSE));
  if (!g_variant_is_normal_form (body))
    {
      refuse (error, "its form is broken");
      return NULL;
    }

  return g_steal_pointer (&body);
}

static LinliVocabulary *
read_vocabulary (GVariant *body,
                 GError  **error)
{
  guint longest = 0;
  guint n_texts = 0;
  g_autoptr(GVariantIter) iter = NULL;
  g_autoptr(LinliVocabulary) vocabulary = NULL;
  const char *gram;
  guint n;

  g_variant_get_child (body, 2, "u", &longest);
  g_variant_get_child (body, 3, "u", &n_texts);
  g_variant_get_child (body, 4, "a(su)", &iter);
  if (longest < 1 || longest > LINLI_GRAM_LONGEST)
    {
      refuse (error, "the length of its grams is impossible");
      return NULL;
    }
  vocabulary = linli_vocabulary_restore (longest, n_texts);
  while (g_variant_iter_next (iter, "(&su)", &gram, &n))
    if (n > n_texts || !linli_vocabulary_append (vocabulary, gram, n))
      {
        refuse (error, "a gram is impossible or there twice");
        return NULL;
      }

  return g_steal_pointer (&vocabulary);
}

static LinliTextModel *
read_classes (GVariant        *body,
              LinliVocabulary *vocabulary,
              GError         **error)
{
  g_autoptr(GVariantIter) iter = NULL;
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();
  g_autoptr(GArray) biases = g_array_new (FALSE, FALSE, sizeof (double));
  LinliTextModel *model;
  const char *label;
  double bias;

  g_variant_get_child (body, 5, "a(sd)", &iter);
  while (g_variant_iter_next (iter, "(&sd)", &label, &bias))
    {
      if (!isfinite (bias))
        {
          refuse (error, "a number is none");
          return NULL;
        }
      g_ptr_array_add (labels, (gpointer) label);
      g_array_append_val (biases, bias);
    }
  model = linli_text_model_new (vocabulary, labels);
  for (guint c = 0; c < labels->len; c++)
    linli_text_model_set_bias (model, c, (float) g_array_index (biases, double, c));

  return model;
}

static gboolean
read_postings (GVariant       *body,
               LinliTextModel *model,
               GError        **error)
{
  g_autoptr(GVariantIter) iter = NULL;
  guint feature;
  guint class;
  double weight;
  guint n;

  g_variant_get_child (body, 6, "a(uudu)", &iter);
  while (g_variant_iter_next (iter, "(uudu)", &feature, &class, &weight, &n))
    {
      if (feature >= linli_vocabulary_get_size (model->vocabulary) || class >= model->labels->len || !isfinite (weight))
        return refuse (error, "a weight belongs to nothing");
      linli_text_model_add (model, feature, class, (float) weight, n);
    }

  return TRUE;
}

/**
 * linli_text_model_from_bytes:
 * @basis: (out) (transfer full) (nullable): what linli_text_model_to_bytes() was told
 * @error: %G_IO_ERROR_INVALID_DATA when it is damaged or of another version
 *
 * Safe with any bytes.
 *
 * Returns: (transfer full)
 */
LinliTextModel *
linli_text_model_from_bytes (GBytes  *bytes,
                             char   **basis,
                             GError **error)
{
  g_autoptr(GVariant) body = NULL;
  g_autoptr(LinliVocabulary) vocabulary = NULL;
  g_autoptr(LinliTextModel) model = NULL;
  guint order = 0;

  g_return_val_if_fail (bytes != NULL, NULL);

  body = open_body (bytes, error);
  if (body == NULL)
    return NULL;
  g_variant_get_child (body, 0, "u", &order);
  if (order != G_BYTE_ORDER)
    {
      refuse (error, "another kind of machine wrote it");
      return NULL;
    }
  vocabulary = read_vocabulary (body, error);
  model = vocabulary != NULL ? read_classes (body, vocabulary, error) : NULL;
  if (model == NULL || !read_postings (body, model, error))
    return NULL;
  linli_text_model_close (model);
  if (basis != NULL)
    g_variant_get_child (body, 1, "s", basis);

  return g_steal_pointer (&model);
}

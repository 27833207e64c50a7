/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A refusal carries, beside its code, a stable reason ("lead-missing") for
 * programs and the name of the argument at fault for forms. Its sentence is
 * constant and marked with N_(), so that the window can show its translation;
 * what varies, a date or somebody's words, is kept beside it. */

#include "config.h"

#include "linli-domain-error.h"

typedef struct
{
  char *reason;
  char *field;    /* (nullable) */
  char *sentence; /* with "%s" where the detail belongs */
  char *detail;   /* (nullable) */
} LinliDomainErrorPrivate;

static void
linli_domain_error_private_init (LinliDomainErrorPrivate *self)
{
}

static void
linli_domain_error_private_copy (const LinliDomainErrorPrivate *from,
                                 LinliDomainErrorPrivate       *to)
{
  to->reason = g_strdup (from->reason);
  to->field = g_strdup (from->field);
  to->sentence = g_strdup (from->sentence);
  to->detail = g_strdup (from->detail);
}

static void
linli_domain_error_private_clear (LinliDomainErrorPrivate *self)
{
  g_free (self->reason);
  g_free (self->field);
  g_free (self->sentence);
  g_free (self->detail);
}

G_DEFINE_EXTENDED_ERROR (LinliDomainError, linli_domain_error)

static char *
put_in (const char *sentence,
        const char *detail)
{
  GString *whole = g_string_new (sentence);

  if (detail != NULL)
    g_string_replace (whole, "%s", detail, 1);
  return g_string_free (whole, FALSE);
}

/**
 * linli_refuse_with:
 * @reason: stable, lower case with dashes
 * @field: (nullable): name of the argument at fault
 * @sentence: constant, marked with N_(); one "%s" stands for @detail
 * @detail: (nullable): what the sentence is about this time, in no language's words
 */
void
linli_refuse_with (GError         **error,
                   LinliDomainError code,
                   const char      *reason,
                   const char      *field,
                   const char      *sentence,
                   const char      *detail)
{
  g_autofree char *whole = NULL;
  GError *refusal;
  LinliDomainErrorPrivate *private;

  g_return_if_fail (reason != NULL && sentence != NULL);
  g_return_if_fail (error == NULL || *error == NULL);

  if (error == NULL)
    return;
  whole = put_in (sentence, detail);
  refusal = g_error_new_literal (LINLI_DOMAIN_ERROR, (int) code, whole);
  private = linli_domain_error_get_private (refusal);
  private->reason = g_strdup (reason);
  private->field = g_strdup (field);
  private->sentence = g_strdup (sentence);
  private->detail = g_strdup (detail);
  *error = refusal;
}

/**
 * linli_refuse:
 * @reason: stable, lower case with dashes
 * @field: (nullable): name of the argument at fault
 * @message: a constant sentence, marked with N_()
 */
void
linli_refuse (GError         **error,
              LinliDomainError code,
              const char      *reason,
              const char      *field,
              const char      *message)
{
  linli_refuse_with (error, code, reason, field, message, NULL);
}

/* Returns: always %FALSE, so that a check reads as one line */
gboolean
linli_refuse_invalid (GError    **error,
                      const char *field,
                      const char *message)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_INVALID, "invalid", field, message);
  return FALSE;
}

/* Returns: (nullable): %NULL unless @error is of %LINLI_DOMAIN_ERROR */
const char *
linli_domain_error_get_reason (const GError *error)
{
  if (error == NULL || error->domain != LINLI_DOMAIN_ERROR)
    return NULL;
  return linli_domain_error_get_private (error)->reason;
}

/* Returns: (nullable): the argument at fault */
const char *
linli_domain_error_get_field (const GError *error)
{
  if (error == NULL || error->domain != LINLI_DOMAIN_ERROR)
    return NULL;
  return linli_domain_error_get_private (error)->field;
}

/**
 * linli_domain_error_say:
 * @translate: makes a person's language of the constant sentence
 *
 * Returns: (transfer full): the whole refusal; the message itself for an error
 *   of another kind
 */
char *
linli_domain_error_say (const GError *error,
                        const char *(*translate) (const char *sentence))
{
  LinliDomainErrorPrivate *private;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != LINLI_DOMAIN_ERROR)
    return g_strdup (error->message);
  private = linli_domain_error_get_private (error);
  if (private->sentence == NULL)
    return g_strdup (translate (error->message));
  return put_in (translate (private->sentence), private->detail);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A refusal carries, beside its code, a stable reason ("lead-missing") for
 * programs and the name of the argument at fault for forms. Its message is a
 * whole constant sentence marked with N_(), so that the window shows its
 * translation as it stands. */

#include "config.h"

#include "linli-domain-error.h"

typedef struct
{
  char *reason;
  char *field; /* (nullable) */
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
}

static void
linli_domain_error_private_clear (LinliDomainErrorPrivate *self)
{
  g_free (self->reason);
  g_free (self->field);
}

G_DEFINE_EXTENDED_ERROR (LinliDomainError, linli_domain_error)

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
  GError *refusal;
  LinliDomainErrorPrivate *private;

  g_return_if_fail (reason != NULL && message != NULL);
  g_return_if_fail (error == NULL || *error == NULL);

  if (error == NULL)
    return;
  refusal = g_error_new_literal (LINLI_DOMAIN_ERROR, (int) code, message);
  private = linli_domain_error_get_private (refusal);
  private->reason = g_strdup (reason);
  private->field = g_strdup (field);
  *error = refusal;
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

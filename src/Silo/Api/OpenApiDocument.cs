using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Jpki.Silo.Api;

/// <summary>The published description of the API.</summary>
public static class OpenApiDocument
{
    private const string IdentifierNamespace = "Jpki.Domain.Identifiers";

    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "JPKI Orleans (TEST)",
                Version = "1",
                Description = "Back office for the certificates on My Number cards. Not the national service. "
                    + "Send a JWT bearer token; refusals are problem details with a code and the rule they rest on.",
            };
            return Task.CompletedTask;
        });
        // Identifiers and octets have converters of their own, which the generator can't look into: they are strings.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type.Namespace == IdentifierNamespace || type == typeof(Domain.Octets))
            {
                schema.Type = JsonSchemaType.String;
                schema.Format = type == typeof(Domain.Octets) ? "byte" : null;
                schema.Description = type.Name;
            }

            return Task.CompletedTask;
        });
    }
}

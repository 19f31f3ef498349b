using System.Buffers;
using System.Text;
using System.Text.Json;
using FluentValidation;
using Jpki.Domain;
using Jpki.Domain.Json;

namespace Jpki.Silo.Api;

/// <summary>
/// Reads one command from a request's body: JSON, of the contract, of sensible shape. What is wrong is said by place and kind; the values
/// sent are never repeated, they may be personal data.
/// </summary>
public static class CommandReader
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static async Task<(CommandEnvelope? Envelope, IResult? Problem)> ReadAsync(HttpRequest request, IValidator<CommandEnvelope> validator)
    {
        if (!request.HasJsonContentType())
            return (null, Problems.BadInput("NotJson", "Content-Type を application/json にしてください。", "Send Content-Type: application/json."));

        var body = await BodyAsync(request);
        try
        {
            if (JsonSerializer.Deserialize<CommandEnvelope>(body.Span, Contract.Options) is not { } envelope)
                return (null, ProblemOf(body, null));

            var shape = validator.Validate(envelope);
            return shape.IsValid ? (envelope, null) : (null, WrongShape(shape));
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException) // The latter where "type" is missing.
        {
            return (null, ProblemOf(body, exception as JsonException));
        }
    }

    /// <summary>The whole body: the server refuses a longer one than it takes, and what is wrong is told from the octets.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray().AsMemory();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>What is wrong with a body that is no command of the contract.</summary>
    /// <param name="found">What reading it said, where it said something.</param>
    private static IResult ProblemOf(ReadOnlyMemory<byte> body, JsonException? found)
    {
        try
        {
            using var document = JsonDocument.Parse(body, _strict);
            return UnknownCommand(document.RootElement) ?? Malformed(found);
        }
        catch (JsonException exception)
        {
            return Malformed(exception);
        }
    }

    private static IResult? UnknownCommand(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("command", out var command) || command.ValueKind != JsonValueKind.Object)
            return Problems.BadInput(
                "NoCommand",
                "本文は {\"commandId\": …, \"command\": {\"type\": …}} の形にしてください。",
                "The body has the form {\"commandId\": …, \"command\": {\"type\": …}}.");

        var known = command.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && StoredNames.Commands.ContainsKey(type.GetString()!);
        return known ? null : Problems.BadInput(
            "UnknownCommand",
            "command.type が正しくありません。使えるコマンドは fields に示します。",
            "command.type is not a known command; fields lists those there are.",
            [.. StoredNames.Commands.Keys.Order()]);
    }

    private static IResult Malformed(JsonException? exception) => Problems.BadInput(
        "MalformedJson",
        "JSON が正しくないか、項目の型・名前が契約と異なります。fields の場所を確かめてください。",
        "The JSON is malformed, or a member's type or name is not of the contract. Look at the place in fields.",
        [exception?.Path is { } path ? ContractMembers.KnownPart(path) : $"line {(exception?.LineNumber ?? 0) + 1}"]);

    private static IResult WrongShape(FluentValidation.Results.ValidationResult shape) => Problems.BadInput(
        "WrongShape",
        "入力の形式が正しくありません。fields の項目を確かめてください。",
        "The input is not of the right form. Look at the members in fields.",
        [.. shape.Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}")]);
}

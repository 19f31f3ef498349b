using FluentValidation;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Silo.Validation;

/// <summary>
/// The shape of what is sent: lengths, ranges, no blanks, no repetition. Whether it may happen is the domain's question. Messages name the
/// expectation and never the value.
/// </summary>
public sealed class EnvelopeValidator : AbstractValidator<CommandEnvelope>
{
    public EnvelopeValidator()
    {
        RuleFor(x => x.CommandId).NotEqual(default(CommandId)).WithMessage("a GUID that is not empty");
        RuleFor(x => x.Command).SetInheritanceValidator(command =>
        {
            command.Add(new RegisterResidentValidator());
            command.Add(new ChangeAttributesValidator());
            command.Add(new CorrectAttributesValidator());
            command.Add(new HandOverCardValidator());
            command.Add(new ApplyForCertificatesValidator());
            command.Add(new RequestCertificateValidator());
            command.Add(new ConfirmCertificateValidator());
            command.Add(new ApprovePinResetValidator());
        });
    }
}

internal sealed class FourAttributesValidator : AbstractValidator<FourAttributes>
{
    /// <summary>The earliest day the certificate's era digit can express: Meiji 1 (1868-01-25 in the Gregorian calendar).</summary>
    private static readonly DateOnly _meiji = new(1868, 1, 25);

    public FourAttributesValidator()
    {
        RuleFor(x => x.Name).Must(name => Text(name, 100)).WithMessage("1 to 100 characters, not blank, no control characters");
        RuleFor(x => x.Address).Must(address => Text(address, 200)).WithMessage("1 to 200 characters, not blank, no control characters");
        RuleFor(x => x.BirthDate).GreaterThanOrEqualTo(_meiji).WithMessage("a day since 1868-01-25");
        RuleFor(x => x.Sex).IsInEnum().WithMessage("male, female or unknown");
    }

    private static bool Text(string text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && text == text.Trim() && !text.Any(char.IsControl);
}

internal sealed class PresentedCardValidator : AbstractValidator<PresentedCard>
{
    public PresentedCardValidator() => RuleFor(x => x.VerifiedPins).Must(pins => pins.Distinct().Count() == pins.Count).WithMessage("each PIN at most once");
}

internal sealed class RegisterResidentValidator : AbstractValidator<RegisterResident>
{
    public RegisterResidentValidator()
    {
        RuleFor(x => x.Attributes).SetValidator(new FourAttributesValidator());
        RuleFor(x => x).Must(x => x.Attributes.BirthDate <= x.OccurredOn).WithName("OccurredOn").WithMessage("not before the date of birth");
    }
}

internal sealed class ChangeAttributesValidator : AbstractValidator<ChangeAttributes>
{
    public ChangeAttributesValidator() => RuleFor(x => x.Attributes).SetValidator(new FourAttributesValidator());
}

internal sealed class CorrectAttributesValidator : AbstractValidator<CorrectAttributes>
{
    public CorrectAttributesValidator() => RuleFor(x => x.Attributes).SetValidator(new FourAttributesValidator());
}

internal sealed class HandOverCardValidator : AbstractValidator<HandOverCard>
{
    public HandOverCardValidator()
    {
        RuleFor(x => x.Presented).SetValidator(new PresentedCardValidator());
        RuleFor(x => x.OptedOut).Must(kinds => kinds.Distinct().Count() == kinds.Count).WithMessage("each kind at most once");
    }
}

internal sealed class ApplyForCertificatesValidator : AbstractValidator<ApplyForCertificates>
{
    public ApplyForCertificatesValidator() => RuleFor(x => x.Presented).SetValidator(new PresentedCardValidator());
}

internal sealed class RequestCertificateValidator : AbstractValidator<RequestCertificate>
{
    /// <summary>A request with an RSA-2048 key and our short subject has about 600 octets.</summary>
    private const int LongestRequest = 2048;

    public RequestCertificateValidator() =>
        RuleFor(x => x.CertificationRequest).Must(request => request.Length is > 0 and <= LongestRequest).WithMessage("1 to 2,048 octets of DER");
}

internal sealed class ConfirmCertificateValidator : AbstractValidator<ConfirmCertificate>
{
    public ConfirmCertificateValidator() =>
        RuleFor(x => x.Sha256).Must(hash => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)).WithMessage("SHA-256 in 64 lower-case hexadecimal digits");
}

internal sealed class ApprovePinResetValidator : AbstractValidator<ApprovePinReset>
{
    public ApprovePinResetValidator() => RuleFor(x => x.Presented).SetValidator(new PresentedCardValidator());
}

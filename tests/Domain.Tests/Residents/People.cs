using System.Globalization;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Tests.Residents;

/// <summary>登場人物: the residents of the specifications and those who act for them. All are invented.</summary>
internal static class People
{
    /// <summary>昭島花子: thirty-five in June 2026. Her fifth birthday after the hand-over of 2024-07-01 is 2028-10-05.</summary>
    public static readonly FourAttributes Hanako = new("昭島花子", "東京都昭島市田中町一丁目17番1号", Day("1990-10-05"), Sex.Female);

    public static readonly FourAttributes HanakoMoved = Hanako with { Address = "東京都昭島市玉川町五丁目2番3号" };

    /// <summary>昭島太郎: twelve when he gets his card on 2024-07-01, fifteen from 2027-03-03 on.</summary>
    public static readonly FourAttributes Taro = Hanako with { Name = "昭島太郎", BirthDate = Day("2012-03-03"), Sex = Sex.Male };

    public static readonly Actor Clerk = new("clerk-1", Role.Clerk, Town.MainOffice);
    public static readonly Actor Supervisor = new("supervisor-1", Role.Supervisor, Town.MainOffice);
    public static readonly Actor CallCentre = new("call-centre-1", Role.CallCentre, null);
    public static readonly Actor Registry = new("registry-feed", Role.Registry, Town.MainOffice);
    public static readonly Actor Administrator = new("administrator-1", Role.Administrator, null);
    public static readonly Actor BackOffice = new("back-office", Role.System, null);
    public static readonly Actor ClerkOfAnUnlistedOffice = Clerk with { Office = OfficeCode.Parse("132079999") };
    public static readonly Actor ClerkOfAnotherTown = Clerk with { Office = OfficeCode.Parse("132020001") };

    public static readonly IdentityCheck ByCard = new(IdentityDocument.MyNumberCard);
    public static readonly IdentityCheck ByLicence = new(IdentityDocument.DrivingLicence);

    /// <summary>Somebody who represents the holder by law.</summary>
    public static readonly IdentityCheck ByParent = ByLicence with { Applicant = new Applicant.LegalRepresentative(AuthorityProof.FamilyRegister) };

    public static readonly IdentityCheck ByGuardian =
        ByLicence with { Applicant = new Applicant.LegalRepresentative(AuthorityProof.GuardianshipCertificate) };

    /// <summary>Who has to come for a person on a day: the parent of Taro until he is fifteen.</summary>
    public static IdentityCheck WhoComesFor(FourAttributes person, DateTimeOffset at) =>
        Age.On(person.BirthDate, Jst.DayOf(at)) < Age.SignatureMinimum ? ByParent : ByLicence;

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>昭島市, with the two offices of its page.</summary>
internal static class Town
{
    public static readonly OfficeCode MainOffice = OfficeCode.Parse("132070001");

    public static readonly Municipality Akishima = new(
        MunicipalityCode.Parse("13207"),
        "東京都",
        "昭島市",
        "Tokyo-to",
        "Akishima-shi",
        [new(MainOffice, "市役所本庁", "City hall"), new(OfficeCode.Parse("132070002"), "東部出張所", "Eastern branch office")],
        [new(new DateOnly(2015, 10, 5), RuleSet.Akishima2018)]);
}

/// <summary>The cards put into the reader.</summary>
internal static class Cards
{
    /// <summary>The last day of the card handed out in these specifications.</summary>
    public static readonly DateOnly LastDay = People.Day("2034-10-05");

    public static readonly CardSerial Own = CardSerial.Parse("132070000000001");
    /// <summary>The n-th card of a resident who had n; the first is <see cref="Own"/>.</summary>
    public static CardSerial Nth(int n) => CardSerial.Parse($"13207{n:d10}");

    public static readonly CardSerial Strange = CardSerial.Parse("132070000000002");

    /// <summary>The resident's own card, with the PIN of the user authentication certificate typed in.</summary>
    public static readonly PresentedCard InReader = new(Own, Town.Akishima.Code, LastDay, [PinKind.UserAuthentication]);

    public static readonly PresentedCard WithoutPin = InReader with { VerifiedPins = [] };
    public static readonly PresentedCard WithCardPin = InReader with { VerifiedPins = [PinKind.BasicRegister] };
    public static readonly PresentedCard OfAnother = InReader with { Serial = Strange };
    public static readonly PresentedCard OfAnotherTown = InReader with { Municipality = MunicipalityCode.Parse("13202") };
}

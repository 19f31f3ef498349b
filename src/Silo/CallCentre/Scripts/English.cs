using Jpki.Domain.Rules;
using static Jpki.Silo.CallCentre.SpokenFacts;

namespace Jpki.Silo.CallCentre.Scripts;

/// <summary>英語</summary>
internal static class English
{
    public static readonly CallCentreScript Script = new()
    {
        Code = "en",
        Tag = "en",
        OwnName = "English",
        Title = "Lost or stolen My Number card",
        Lead = "Read this aloud from the top. Wait for the answer to each question before you go on.",
        Parts =
        [
            new(ScriptStep.Greeting, "To begin with", [
                "This is the line for lost and stolen My Number cards. It answers 24 hours a day, 365 days a year.",
                "Please do not tell me your PIN or your My Number at any time during this call."]),
            new(ScriptStep.Identify, "Identify the caller", [
                "To make sure that you are the holder of the card, please answer as it is written in your resident record.",
                "If your answers do not match the record, I cannot suspend the certificates."],
                "What is your full name?", "What is your date of birth?", "What is your address?"),
            new(ScriptStep.Suspend, "What is suspended", [
                "Both certificates on the card will stop working: the one for signatures and the one for user authentication.",
                "You will not be able to use the card for e-Tax and other online applications, for certificates at convenience stores, or to log in to online services."],
                "Shall I suspend them right now?"),
            new(ScriptStep.Confirm, "Once it is suspended", [
                "The certificates are now suspended. This takes effect at once, at any hour, on nights and holidays too."]),
            new(ScriptStep.Police, "Report to the police", [
                "Please report the loss or the theft to the police and write down the number of the report.",
                "You will need that number at the counter of your municipality, to report the loss or to apply for a new card."]),
            new(ScriptStep.Found, "When the card is found", [
                "The suspension cannot be lifted by telephone.",
                "Please come in person, with the card, to the counter of the municipality where you are registered, and enter your PIN there.",
                "In some municipalities the certificate for signatures has been revoked; it is then issued anew instead of being released."]),
            new(ScriptStep.Enquiries, "Enquiries", [
                "Lost and stolen cards can be reported 24 hours a day, 365 days a year.",
                $"The numbers are {TollFree} and {Charged}; from IP telephones, {IpTelephone}.",
                $"Other enquiries are answered from {Opens} to {ClosesOnWeekdays} on weekdays, and from {Opens} to {ClosesOnWeekendsAndHolidays} on Saturdays, Sundays and public holidays.",
                "From 29 December to 3 January, enquiries are closed."]),
        ],
        LineNames = [.. LossReportNumbers.All.Select(line => line.EnglishName)],
        Questions = "Questions",
        OpenNow = "Lines open now",
        JapanTime = "Japan time",
        Number = "Number",
        Line = "Line",
        LossReports = "Lost or stolen",
        Enquiries = "Other enquiries",
        Open = "Open",
        Closed = "Closed",
        Languages = "Languages",
        TestNotice = "This is a test system. It is not a service of the state or of a municipality.",
    };
}

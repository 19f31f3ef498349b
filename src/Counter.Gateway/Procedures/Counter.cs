using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.BackOffice;
using Jpki.Counter.Gateway.Cards;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>窓口: one counter: its reader, its terminal's key, its line to the back office, and the people in front of it.</summary>
/// <param name="Reader">Name of the PC/SC reader.</param>
/// <param name="Card">How card sessions are run.</param>
public sealed record Counter(string Reader, BackOfficeClient BackOffice, ITerminal Terminal, ICounterFront Front, CardSessionOptions Card);

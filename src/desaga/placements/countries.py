"""The countries and territories of ISO 3166-1 with their two letters, by their usual English names. Pure.

Source: iso.org/iso-3166-country-codes.html. All 249 codes are here: held against `iso3166.tab` of the time zone database (iana.org/time-zones) in November 2026.
"""

from __future__ import annotations

from collections.abc import Mapping

COUNTRIES: Mapping[str, str] = dict(
    line.strip().split(" ", 1)
    for line in """
    AF Afghanistan; AX Åland Islands; AL Albania; DZ Algeria; AS American Samoa; AD Andorra; AO Angola; AI Anguilla; AQ Antarctica; AG Antigua and Barbuda;
    AR Argentina; AM Armenia; AW Aruba; AU Australia; AT Austria; AZ Azerbaijan; BS Bahamas; BH Bahrain; BD Bangladesh; BB Barbados; BY Belarus; BE Belgium;
    BZ Belize; BJ Benin; BM Bermuda; BT Bhutan; BO Bolivia; BQ Bonaire, Sint Eustatius and Saba; BA Bosnia and Herzegovina; BW Botswana; BV Bouvet Island;
    BR Brazil; IO British Indian Ocean Territory; BN Brunei; BG Bulgaria; BF Burkina Faso; BI Burundi; CV Cabo Verde; KH Cambodia; CM Cameroon; CA Canada;
    KY Cayman Islands; CF Central African Republic; TD Chad; CL Chile; CN China; CX Christmas Island; CC Cocos (Keeling) Islands; CO Colombia; KM Comoros;
    CG Congo; CD Congo, Democratic Republic; CK Cook Islands; CR Costa Rica; CI Côte d’Ivoire; HR Croatia; CU Cuba; CW Curaçao; CY Cyprus; CZ Czechia;
    DK Denmark; DJ Djibouti; DM Dominica; DO Dominican Republic; EC Ecuador; EG Egypt; SV El Salvador; GQ Equatorial Guinea; ER Eritrea; EE Estonia;
    SZ Eswatini; ET Ethiopia; FK Falkland Islands; FO Faroe Islands; FJ Fiji; FI Finland; FR France; GF French Guiana; PF French Polynesia;
    TF French Southern Territories; GA Gabon; GM Gambia; GE Georgia; DE Germany; GH Ghana; GI Gibraltar; GR Greece; GL Greenland; GD Grenada; GP Guadeloupe;
    GU Guam; GT Guatemala; GG Guernsey; GN Guinea; GW Guinea-Bissau; GY Guyana; HT Haiti; HM Heard Island and McDonald Islands; VA Holy See; HN Honduras;
    HK Hong Kong; HU Hungary; IS Iceland; IN India; ID Indonesia; IR Iran; IQ Iraq; IE Ireland; IM Isle of Man; IL Israel; IT Italy; JM Jamaica; JP Japan;
    JE Jersey; JO Jordan; KZ Kazakhstan; KE Kenya; KI Kiribati; KP North Korea; KR South Korea; KW Kuwait; KG Kyrgyzstan; LA Laos; LV Latvia; LB Lebanon;
    LS Lesotho; LR Liberia; LY Libya; LI Liechtenstein; LT Lithuania; LU Luxembourg; MO Macao; MG Madagascar; MW Malawi; MY Malaysia; MV Maldives; ML Mali;
    MT Malta; MH Marshall Islands; MQ Martinique; MR Mauritania; MU Mauritius; YT Mayotte; MX Mexico; FM Micronesia; MD Moldova; MC Monaco; MN Mongolia;
    ME Montenegro; MS Montserrat; MA Morocco; MZ Mozambique; MM Myanmar; NA Namibia; NR Nauru; NP Nepal; NL Netherlands; NC New Caledonia; NZ New Zealand;
    NI Nicaragua; NE Niger; NG Nigeria; NU Niue; NF Norfolk Island; MK North Macedonia; MP Northern Mariana Islands; NO Norway; OM Oman; PK Pakistan;
    PW Palau; PS Palestine; PA Panama; PG Papua New Guinea; PY Paraguay; PE Peru; PH Philippines; PN Pitcairn; PL Poland; PT Portugal; PR Puerto Rico;
    QA Qatar; RE Réunion; RO Romania; RU Russia; RW Rwanda; BL Saint Barthélemy; SH Saint Helena, Ascension and Tristan da Cunha; KN Saint Kitts and Nevis;
    LC Saint Lucia; MF Saint Martin (French part); PM Saint Pierre and Miquelon; VC Saint Vincent and the Grenadines; WS Samoa; SM San Marino;
    ST São Tomé and Príncipe; SA Saudi Arabia; SN Senegal; RS Serbia; SC Seychelles; SL Sierra Leone; SG Singapore; SX Sint Maarten (Dutch part);
    SK Slovakia; SI Slovenia; SB Solomon Islands; SO Somalia; ZA South Africa; GS South Georgia and the South Sandwich Islands; SS South Sudan; ES Spain;
    LK Sri Lanka; SD Sudan; SR Suriname; SJ Svalbard and Jan Mayen; SE Sweden; CH Switzerland; SY Syria; TW Taiwan; TJ Tajikistan; TZ Tanzania; TH Thailand;
    TL Timor-Leste; TG Togo; TK Tokelau; TO Tonga; TT Trinidad and Tobago; TN Tunisia; TR Türkiye; TM Turkmenistan; TC Turks and Caicos Islands; TV Tuvalu;
    UG Uganda; UA Ukraine; AE United Arab Emirates; GB United Kingdom; US United States; UM United States Minor Outlying Islands; UY Uruguay; UZ Uzbekistan;
    VU Vanuatu; VE Venezuela; VN Vietnam; VG Virgin Islands (British); VI Virgin Islands (U.S.); WF Wallis and Futuna; EH Western Sahara; YE Yemen;
    ZM Zambia; ZW Zimbabwe
    """.split(";")
)
#: How people write some of them.
ALSO: Mapping[str, str] = {
    **dict.fromkeys(("uk", "u.k.", "great britain", "england", "scotland", "wales", "northern ireland"), "GB"),
    "usa": "US", "u.s.a.": "US", "us": "US", "united states of america": "US", "the netherlands": "NL", "holland": "NL", "czech republic": "CZ",
    "turkey": "TR", "republic of ireland": "IE", "eire": "IE", "korea": "KR", "republic of korea": "KR", "russian federation": "RU",
}  # fmt: skip
_CODES: Mapping[str, str] = {name.casefold(): code for code, name in COUNTRIES.items()} | ALSO
#: In the order in which one looks for them: the United Kingdom first, then by name.
NAMES: tuple[str, ...] = ("United Kingdom", *sorted(set(COUNTRIES.values()) - {"United Kingdom"}, key=str.casefold))


def code_of(country: str) -> str:
    """The two letters of a country as people write it; empty where it is none that is known."""
    said = " ".join(country.split()).casefold()
    return _CODES.get(said, "") or (said.upper() if said.upper() in COUNTRIES else "")


def name_of(country: str) -> str:
    """A country by its usual name, as far as it is known; else as it was written."""
    return COUNTRIES.get(code_of(country), country)

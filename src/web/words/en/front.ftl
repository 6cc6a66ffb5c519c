# The first page, for somebody who typed the address
front-title = Have your say about education
front-what = Where parents, pupils, teachers and residents say what works well and what needs mending, without giving a name.
front-code = Type the code printed on the invitation
front-code-hint = A code has 6 letters and digits.
front-open = Open the form
front-scan = Or scan the QR code on the sheet with your phone's camera or Zalo. If you have no invitation, please ask the school.
front-staff = For staff: sign in

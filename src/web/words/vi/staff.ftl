# Trang dành cho cán bộ
desk-skip = Đến nội dung chính
desk-nav = Các mục làm việc
desk-group-ask = Lấy ý kiến
desk-group-listen = Lắng nghe
desk-group-system = Hệ thống
desk-rounds = Đợt lấy ý kiến
desk-units = Đơn vị
desk-alerts = Ý kiến cần xem ngay
desk-tokens = Mã truy cập API
desk-account = Tài khoản
other-language = English
other-language-code = en
sign-out = Đăng xuất
staff-form-stale = Trang này được mở từ một lần đăng nhập khác nên chưa có gì được lưu. Anh/chị hãy tải lại trang rồi làm lại.
staff-form-elsewhere = Yêu cầu này được gửi từ một trang khác nên chưa có gì được lưu. Anh/chị hãy mở lại trang của hệ thống rồi làm lại.
staff-form-broken = Biểu mẫu gửi lên bị thiếu hoặc sai. Anh/chị hãy quay lại trang trước, tải lại rồi làm lại.

# Đăng nhập
sign-in = Đăng nhập
sign-in-for-staff = Trang của cán bộ
sign-in-failed = Chưa đăng nhập được
login = Tên đăng nhập
password = Mật khẩu
sign-in-wrong = Tên đăng nhập hoặc mật khẩu chưa đúng. Anh/chị hãy kiểm tra lại rồi nhập lần nữa.
sign-in-wait-seconds = Mật khẩu đã bị nhập sai nhiều lần. Anh/chị hãy thử lại sau { $shown } giây.
sign-in-wait-minutes = Mật khẩu đã bị nhập sai nhiều lần. Anh/chị hãy thử lại sau { $minutes } phút nữa, từ lúc { $clock }.
sign-in-crowded = Từ mạng đang dùng có quá nhiều lượt nhập mật khẩu. Anh/chị hãy thử lại sau { $shown } giây.
sign-in-busy = Đang có nhiều người đăng nhập cùng lúc. Anh/chị hãy thử lại sau vài giây.
sign-in-forgotten = Nếu quên mật khẩu, anh/chị hãy nhờ người quản trị hệ thống gửi một đường dẫn đặt lại mật khẩu.

# Đường dẫn dùng một lần
link-title = Đặt mật khẩu
link-greeting = Xin chào { $name }. Anh/chị hãy đặt mật khẩu để bắt đầu làm việc.
link-save = Lưu mật khẩu và đăng nhập
link-once = Đường dẫn này chỉ dùng được một lần. Xin đừng gửi cho người khác.
link-gone-title = Đường dẫn không còn dùng được
link-gone-text = Đường dẫn này đã được dùng, đã hết hạn hoặc chép chưa đủ. Nếu đã đặt mật khẩu, anh/chị có thể đăng nhập ngay; nếu chưa, hãy nhờ người quản trị gửi đường dẫn mới.
password-new = Mật khẩu mới
password-again = Nhập lại mật khẩu mới
password-rule = Ít nhất { $shown } ký tự. Một câu dài dễ nhớ thì tốt hơn một từ khó; không dùng tên đăng nhập.
password-short = Mật khẩu cần ít nhất { $shown } ký tự. Anh/chị có thể dùng cả một câu dễ nhớ.
password-login = Mật khẩu gần giống tên đăng nhập nên dễ bị đoán. Anh/chị hãy chọn mật khẩu khác.
password-common = Mật khẩu này nhiều người dùng nên dễ bị đoán. Anh/chị hãy chọn mật khẩu khác.
password-differs = Hai lần nhập mật khẩu không giống nhau. Anh/chị hãy nhập lại cả hai.

# Tài khoản
account-change = Đổi mật khẩu
account-changed = Đã đổi mật khẩu. Những nơi khác đang đăng nhập bằng mật khẩu cũ đã bị đăng xuất.
account-current-wrong = Mật khẩu đang dùng chưa đúng. Anh/chị hãy nhập lại.
account-sessions = Đang đăng nhập ở { $shown } nơi
account-sessions-hint = Nếu anh/chị từng đăng nhập trên máy dùng chung, hãy đăng xuất khỏi mọi nơi rồi đăng nhập lại.
account-sign-out-everywhere = Đăng xuất khỏi mọi nơi
password-current = Mật khẩu đang dùng

# Mã truy cập API
token-hint = Cho chương trình khác đọc số liệu. Mỗi chương trình một mã, thu lại được bất cứ lúc nào.
token-description = Mô tả API cho người viết chương trình (OpenAPI 3.1)
token-none = Chưa có mã nào.
token-made = Đã tạo mã “{ $name }”. Anh/chị hãy chép ngay: mã chỉ hiện một lần.
token-was-revoked = Đã thu lại mã. Chương trình dùng mã này không đọc được số liệu nữa.
token-new = Tạo mã mới
token-new-button = Tạo mã
token-name = Tên chương trình
token-scopes = Được đọc
token-unit = Phạm vi
token-unit-code = Phạm vi (mã đơn vị)
token-expires = Ngày cuối dùng được
token-no-expiry = Không có hạn
token-do = Việc
token-revoke = Thu lại
token-revoked-on = Đã thu lại ngày { $date }
token-expired = Đã hết hạn
token-name-wrong = Anh/chị hãy ghi tên chương trình, không quá 120 ký tự.
token-scope-missing = Anh/chị hãy chọn ít nhất một loại số liệu được đọc.
token-expiry-wrong = Anh/chị hãy chọn ngày cuối dùng được, từ hôm nay trở đi.
token-unit-wrong = Mã đơn vị này không có, hoặc không thuộc đơn vị của anh/chị. Hãy xem mã ở mục Đơn vị.
scope-aggregates = Số tổng hợp
scope-aggregates-hint = Chỉ những bản đã công bố; nhóm quá nhỏ được che.
scope-submissions = Từng phiếu
scope-submissions-hint = Chỉ dành cho người phân tích của đơn vị chủ trì.
